package org.purertc;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.HeaderExtension;
import org.purertc.internal.jsep.MediaCapabilities;
import org.purertc.internal.media.MediaPacket;

/** What this implementation can send and receive, in the API's terms. */
final class Capabilities {

  private Capabilities() {}

  static RTCRtpCapabilities of(MediaKind kind) {
    List<RTCRtpCodec> codecs = new ArrayList<>();
    for (Codec codec : MediaCapabilities.STANDARD.codecs(MediaKinds.section(kind))) {
      RTCRtpCodec capability = capability(codec);
      if (!codecs.contains(capability)) {
        codecs.add(capability); // W3C: one entry for retransmission, whatever it repeats
      }
    }
    return new RTCRtpCapabilities(
        codecs,
        MediaCapabilities.STANDARD.extensions(MediaKinds.section(kind)).stream()
            .map(HeaderExtension::uri)
            .toList());
  }

  /** What setCodecPreferences takes, W3C WebRTC section 5.4. */
  static List<Codec> preferred(MediaKind kind, List<RTCRtpCodec> codecs) {
    List<Codec> known = MediaCapabilities.STANDARD.codecs(MediaKinds.section(kind));
    List<Codec> preferred = new ArrayList<>();
    for (RTCRtpCodec wanted : codecs) {
      List<Codec> matching = known.stream().filter(c -> matches(capability(c), wanted)).toList();
      if (matching.isEmpty()) {
        throw new RTCException(
            "InvalidModificationError",
            "setCodecPreferences: " + wanted + " is not among the capabilities");
      }
      matching.stream().filter(codec -> !preferred.contains(codec)).forEach(preferred::add);
    }
    if (!codecs.isEmpty() && preferred.stream().noneMatch(Capabilities::carriesMedia)) {
      throw new RTCException(
          "InvalidModificationError", "setCodecPreferences: none of the codecs carries media");
    }
    return preferred;
  }

  /** W3C WebRTC section 5.4, codec match. */
  private static boolean matches(RTCRtpCodec known, RTCRtpCodec wanted) {
    return known.mimeType().equalsIgnoreCase(wanted.mimeType())
        && known.clockRate() == wanted.clockRate()
        && known.channels() == wanted.channels()
        && known.sdpFmtpLine().equals(wanted.sdpFmtpLine());
  }

  private static boolean carriesMedia(Codec codec) {
    return !codec.isRtx() && !codec.mimeType().equalsIgnoreCase("audio/telephone-event");
  }

  private static RTCRtpCodec capability(Codec codec) {
    return codec.isRtx()
        ? new RTCRtpCodec(codec.mimeType(), codec.clockRate(), codec.channels(), "")
        : codec(codec);
  }

  static MediaPacket packet(RTCRtpPacket packet) {
    RTCRtpCodec codec = packet.codec();
    return new MediaPacket(
        new Codec(
            codec.mimeType(),
            packet.payloadType(),
            codec.clockRate(),
            codec.channels(),
            codec.sdpFmtpLine(),
            List.of()),
        packet.sequenceNumber(),
        packet.timestamp(),
        packet.marker(),
        packet.ssrc(),
        packet.rid(),
        Metadata.extensions(packet.metadata()),
        packet.keyFrame(),
        packet.payload());
  }

  static RTCRtpPacket packet(MediaPacket packet) {
    return new RTCRtpPacket(
        codec(packet.codec()),
        packet.codec().payloadType(),
        packet.sequence(),
        packet.timestamp(),
        packet.marker(),
        packet.ssrc(),
        packet.rid(),
        Metadata.metadata(packet.said()),
        packet.keyFrame(),
        packet.payload());
  }

  static RTCRtpCodec codec(Codec codec) {
    return new RTCRtpCodec(codec.mimeType(), codec.clockRate(), codec.channels(), codec.fmtp());
  }
}
