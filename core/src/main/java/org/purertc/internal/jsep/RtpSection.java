package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.MsidAttribute;
import org.purertc.sdp.RidAttribute;
import org.purertc.sdp.SimulcastAttribute;

/**
 * What an audio or video section of ours says, RFC 9429 section 5.2.1.
 *
 * @param codecs at least one
 * @param sendRids of simulcast; empty without
 * @param receiveRids those of an offer that we accept
 */
record RtpSection(
    Transceiver transceiver,
    List<Codec> codecs,
    List<ExtmapAttribute> extensions,
    MediaDirection direction,
    boolean reducedSizeRtcp,
    List<String> sendRids,
    List<String> receiveRids) {

  /** RFC 9429 section 5.1.2. */
  static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

  /** What a new section looks like before its lines. */
  static MediaDescription empty(MediaKind kind, String protocol) {
    return MediaDescription.of(kind.toString(), protocol, "0");
  }

  /** The section, which has its transport already, with all that concerns RTP. */
  MediaDescription write(MediaDescription section) {
    MediaDescription written = section;
    for (ExtmapAttribute extension : extensions) {
      written = written.with("extmap", extension.toString());
    }
    written = written.with(direction.toString(), null);
    // RFC 9429 section 5.2.1 asks for the transceiver's direction, not for this one: an answer that
    // cannot send yet says its streams too, else W3C's check would ask for an offer forever.
    if (transceiver.direction().sends()) {
      for (MsidAttribute msid : msids(transceiver)) {
        written = written.with("msid", msid.toString());
      }
    }
    written = written.with("rtcp-mux", null);
    if (reducedSizeRtcp) {
      written = written.with("rtcp-rsize", null);
    }
    written = SectionCodecs.write(written, codecs);
    written = writeRids(written);
    // RFC 8852: streams with a rid are told apart by it, their SSRCs need no announcement.
    return direction.sends() && sendRids.isEmpty() ? writeSources(written) : written;
  }

  /** RFC 8830 section 2: a line for each stream, with the track behind it as browsers write it. */
  static List<MsidAttribute> msids(Transceiver transceiver) {
    if (transceiver.streamIds().isEmpty()) {
      return List.of(MsidAttribute.withoutStream(transceiver.trackId()));
    }
    List<MsidAttribute> msids = new ArrayList<>();
    for (String stream : transceiver.streamIds()) {
      msids.add(new MsidAttribute(stream, transceiver.trackId()));
    }
    return msids;
  }

  private MediaDescription writeRids(MediaDescription section) {
    if (sendRids.isEmpty() && receiveRids.isEmpty()) {
      return section;
    }
    MediaDescription written = section;
    for (String rid : sendRids) {
      written = written.with("rid", new RidAttribute(rid, true, "").toString());
    }
    for (String rid : receiveRids) {
      written = written.with("rid", new RidAttribute(rid, false, "").toString());
    }
    return written.with("simulcast", SimulcastAttribute.of(sendRids, receiveRids).toString());
  }

  private MediaDescription writeSources(MediaDescription section) {
    boolean repairs = codecs.stream().anyMatch(Codec::isRtx);
    MediaDescription written = section;
    for (MediaSource source : transceiver.sources()) {
      boolean hasRtx = repairs && source.rtxSsrc() >= 0;
      if (hasRtx) {
        written = written.with("ssrc-group", "FID " + source.ssrc() + " " + source.rtxSsrc());
      }
      written = written.with("ssrc", cname(source.ssrc(), source));
      if (hasRtx) {
        written = written.with("ssrc", cname(source.rtxSsrc(), source));
      }
    }
    return written;
  }

  private static String cname(long ssrc, MediaSource source) {
    return String.format(Locale.ROOT, "%d cname:%s", ssrc, source.cname());
  }
}
