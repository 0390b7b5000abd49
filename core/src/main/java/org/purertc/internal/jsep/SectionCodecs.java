package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.FmtpAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.RtcpFeedbackAttribute;
import org.purertc.sdp.RtpMapAttribute;

/** The codecs of a media section, read and written. */
final class SectionCodecs {

  /** RFC 3551 section 6: the types that need no {@code a=rtpmap}, as far as they concern us. */
  private static final Map<String, RtpMapAttribute> STATIC =
      Map.of(
          "0", new RtpMapAttribute(0, "PCMU", 8000, null),
          "8", new RtpMapAttribute(8, "PCMA", 8000, null),
          "9", new RtpMapAttribute(9, "G722", 8000, null));

  private SectionCodecs() {}

  /** In the order of the m= line, each once; what has no meaning is left out. */
  static List<Codec> read(MediaDescription section) {
    List<Codec> codecs = new ArrayList<>();
    List<RtpMapAttribute> maps = section.attributes().rtpMaps();
    List<FmtpAttribute> parameters = section.attributes().fmtps();
    List<RtcpFeedbackAttribute> feedback = section.attributes().rtcpFeedback();
    for (String format : new LinkedHashSet<>(section.formats())) {
      RtpMapAttribute map = find(maps, format);
      if (map != null) {
        codecs.add(codec(section.media(), map, fmtp(parameters, format), feedback));
      }
    }
    return codecs;
  }

  private static @Nullable RtpMapAttribute find(List<RtpMapAttribute> maps, String format) {
    for (RtpMapAttribute map : maps) {
      if (format.equals(String.valueOf(map.payloadType()))) {
        return map;
      }
    }
    return STATIC.get(format);
  }

  private static String fmtp(List<FmtpAttribute> all, String format) {
    for (FmtpAttribute one : all) {
      if (one.format().equals(format)) {
        return one.text();
      }
    }
    return "";
  }

  private static Codec codec(
      String media, RtpMapAttribute map, String fmtp, List<RtcpFeedbackAttribute> feedback) {
    List<String> values = new ArrayList<>();
    for (RtcpFeedbackAttribute one : feedback) {
      if (one.appliesTo(map.payloadType()) && !values.contains(one.feedback())) {
        values.add(one.feedback());
      }
    }
    return new Codec(
        media + "/" + map.encoding(),
        map.payloadType(),
        map.clockRate(),
        map.channels(),
        fmtp,
        values);
  }

  /** The lines of codecs. */
  static List<Attribute> attributes(List<Codec> codecs) {
    List<Attribute> lines = new ArrayList<>();
    for (Codec codec : codecs) {
      String name = codec.mimeType().substring(codec.mimeType().indexOf('/') + 1);
      String channels = codec.channels() == 1 ? null : String.valueOf(codec.channels());
      RtpMapAttribute map =
          new RtpMapAttribute(codec.payloadType(), name, codec.clockRate(), channels);
      lines.add(new Attribute("rtpmap", map.toString()));
      for (String value : codec.feedback()) {
        lines.add(new Attribute("rtcp-fb", codec.payloadType() + " " + value));
      }
      if (!codec.fmtp().isEmpty()) {
        lines.add(new Attribute("fmtp", codec.payloadType() + " " + codec.fmtp()));
      }
    }
    return lines;
  }

  /** The rtx format that repairs a codec; null without one. */
  static @Nullable Codec rtxOf(Codec codec, List<Codec> codecs) {
    for (Codec other : codecs) {
      if (other.isRtx()
          && other.repairedType() == codec.payloadType()
          && other.clockRate() == codec.clockRate()) {
        return other;
      }
    }
    return null;
  }
}
