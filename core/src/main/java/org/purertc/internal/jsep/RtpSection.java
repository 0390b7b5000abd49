package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import org.purertc.sdp.Attribute;
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
 * @param roundTripReports whether receivers may ask for the round trip, RFC 3611
 * @param sendRids of simulcast; empty without
 * @param receiveRids those of an offer that we accept
 */
record RtpSection(
    Transceiver transceiver,
    List<Codec> codecs,
    List<ExtmapAttribute> extensions,
    MediaDirection direction,
    boolean reducedSizeRtcp,
    boolean roundTripReports,
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
    List<Attribute> lines = new ArrayList<>();
    for (ExtmapAttribute extension : extensions) {
      lines.add(new Attribute("extmap", extension.toString()));
    }
    lines.add(Attribute.flag(direction.toString()));
    // RFC 9429 section 5.2.1 asks for the transceiver's direction, not for this one: an answer that
    // cannot send yet says its streams too, else W3C's check would ask for an offer forever.
    if (transceiver.direction().sends()) {
      for (MsidAttribute msid : msids(transceiver)) {
        lines.add(new Attribute("msid", msid.toString()));
      }
    }
    lines.add(Attribute.flag("rtcp-mux"));
    if (reducedSizeRtcp) {
      lines.add(Attribute.flag("rtcp-rsize"));
    }
    if (roundTripReports) {
      lines.add(new Attribute("rtcp-xr", "rcvr-rtt=all"));
    }
    lines.addAll(SectionCodecs.attributes(codecs));
    addRids(lines);
    // RFC 8852: streams with a rid are told apart by it, their SSRCs need no announcement.
    if (direction.sends() && sendRids.isEmpty()) {
      addSources(lines);
    }
    return section
        .withFormats(codecs.stream().map(codec -> String.valueOf(codec.payloadType())).toList())
        .with(lines);
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

  private void addRids(List<Attribute> lines) {
    for (String rid : sendRids) {
      lines.add(new Attribute("rid", new RidAttribute(rid, true, "").toString()));
    }
    for (String rid : receiveRids) {
      lines.add(new Attribute("rid", new RidAttribute(rid, false, "").toString()));
    }
    if (!sendRids.isEmpty() || !receiveRids.isEmpty()) {
      SimulcastAttribute simulcast = SimulcastAttribute.of(sendRids, receiveRids);
      lines.add(new Attribute("simulcast", simulcast.toString()));
    }
  }

  private void addSources(List<Attribute> lines) {
    boolean repairs = codecs.stream().anyMatch(Codec::isRtx);
    for (MediaSource source : transceiver.sources()) {
      boolean hasRtx = repairs && source.rtxSsrc() >= 0;
      if (hasRtx) {
        String group = "FID " + source.ssrc() + " " + source.rtxSsrc();
        lines.add(new Attribute("ssrc-group", group));
      }
      lines.add(cname(source.ssrc(), source));
      if (hasRtx) {
        lines.add(cname(source.rtxSsrc(), source));
      }
    }
  }

  private static Attribute cname(long ssrc, MediaSource source) {
    return new Attribute("ssrc", ssrc + " cname:" + source.cname());
  }
}
