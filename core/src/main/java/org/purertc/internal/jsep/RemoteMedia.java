package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.purertc.internal.jsep.CodecMatching.Agreed;
import org.purertc.internal.jsep.Transceiver.RemoteTrack;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.MsidAttribute;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SsrcAttribute;
import org.purertc.sdp.SsrcGroupAttribute;

/** Reads out of a pair of sections what is negotiated for a transceiver. */
final class RemoteMedia {

  private RemoteMedia() {}

  /** What the remote sends in a live section of its description. */
  static RemoteTrack track(SessionDescription remote, MediaDescription section) {
    if (!MediaSections.direction(remote, section).sends()) {
      return RemoteTrack.NONE;
    }
    List<MsidAttribute> msids = msids(section);
    return new RemoteTrack(
        true,
        msids.stream()
            .filter(MsidAttribute::hasStream)
            .map(MsidAttribute::streamId)
            .distinct()
            .toList(),
        msids.isEmpty() ? "" : msids.get(0).trackId());
  }

  /** Of the section; else as older peers write it, in the lines of an SSRC. */
  private static List<MsidAttribute> msids(MediaDescription section) {
    List<MsidAttribute> own = section.attributes().msids();
    if (!own.isEmpty()) {
      return own;
    }
    for (SsrcAttribute line : section.attributes().ssrcs()) {
      String value = line.value();
      String[] words = value == null ? new String[0] : value.strip().split(" +");
      if (line.attribute().equals("msid") && words.length <= 2 && !words[0].isEmpty()) {
        return List.of(new MsidAttribute(words[0], words.length == 2 ? words[1] : ""));
      }
    }
    return List.of();
  }

  /**
   * @param local our section
   * @param answeredByUs whether our section is the answer
   */
  static NegotiatedMedia negotiated(
      MLine line,
      MediaKind kind,
      MediaDescription local,
      SessionDescription remote,
      MediaDescription section,
      boolean answeredByUs) {
    List<Codec> ours = SectionCodecs.read(local);
    List<Codec> theirs = SectionCodecs.read(section);
    List<Agreed> codecs =
        answeredByUs
            ? CodecMatching.agreed(theirs, ours, true)
            : CodecMatching.agreed(ours, theirs, false);
    RemoteTrack track = track(remote, section);
    MediaDirection direction =
        MediaSections.direction(remote, section).reversed().intersect(localDirection(local));
    return new NegotiatedMedia(
        line.mid(),
        kind,
        line.transport(),
        direction,
        codecs.stream().map(agreed -> withCommonFeedback(agreed.remote(), agreed.local())).toList(),
        codecs.stream().map(agreed -> withCommonFeedback(agreed.local(), agreed.remote())).toList(),
        extensions(local, section, answeredByUs, true),
        extensions(local, section, answeredByUs, false),
        track.streamIds(),
        track.trackId(),
        sources(section),
        common(Simulcast.sentRids(local), Simulcast.offeredRids(section)),
        common(Simulcast.sentRids(section), Simulcast.offeredRids(local)),
        local.attributes().hasReducedSizeRtcp() && section.attributes().hasReducedSizeRtcp(),
        local.attributes().hasRoundTripReports() && section.attributes().hasRoundTripReports(),
        section.maxBitsPerSecond());
  }

  private static MediaDirection localDirection(MediaDescription local) {
    MediaDirection written = local.attributes().direction();
    return written == null ? MediaDirection.SENDRECV : written;
  }

  private static Codec withCommonFeedback(Codec codec, Codec other) {
    return new Codec(
        codec.mimeType(),
        codec.payloadType(),
        codec.clockRate(),
        codec.channels(),
        codec.fmtp(),
        common(codec.feedback(), other.feedback()));
  }

  private static List<String> common(List<String> one, List<String> other) {
    return one.stream().filter(other::contains).toList();
  }

  /** RFC 8285 section 6: the answer's extensions, which must be the offer's, each as directed. */
  private static List<HeaderExtension> extensions(
      MediaDescription local, MediaDescription remote, boolean answeredByUs, boolean sending) {
    MediaDescription answer = answeredByUs ? local : remote;
    MediaDescription offer = answeredByUs ? remote : local;
    List<HeaderExtension> extensions = new ArrayList<>();
    for (ExtmapAttribute one : answer.attributes().extmaps()) {
      boolean offered =
          offer.attributes().extmaps().stream().anyMatch(other -> other.uri().equals(one.uri()));
      MediaDirection written = one.direction();
      MediaDirection answered = written == null ? MediaDirection.SENDRECV : written;
      MediaDirection ours = answeredByUs ? answered : answered.reversed();
      if (offered && one.id() <= 255 && (sending ? ours.sends() : ours.receives())) {
        extensions.add(new HeaderExtension(one.uri(), one.id()));
      }
    }
    return extensions;
  }

  private static List<MediaSource> sources(MediaDescription section) {
    Map<Long, String> names = new LinkedHashMap<>();
    for (SsrcAttribute line : section.attributes().ssrcs()) {
      String value = line.value();
      if (line.attribute().equals("cname") && value != null) {
        names.put(line.ssrc(), value);
      } else {
        names.putIfAbsent(line.ssrc(), "");
      }
    }
    Map<Long, Long> repairs = new LinkedHashMap<>();
    for (SsrcGroupAttribute group : section.attributes().ssrcGroups()) {
      if (group.isRetransmission()) {
        repairs.putIfAbsent(group.ssrcs().get(0), group.ssrcs().get(1));
        names.putIfAbsent(group.ssrcs().get(0), "");
      }
    }
    List<MediaSource> sources = new ArrayList<>();
    names.forEach(
        (ssrc, name) -> {
          if (!repairs.containsValue(ssrc)) {
            sources.add(new MediaSource(ssrc, repairs.getOrDefault(ssrc, -1L), name));
          }
        });
    return sources;
  }
}
