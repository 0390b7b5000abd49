package org.purertc.internal.rtp.format;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.MalformedPacketException;

/** The payload formats that are known, by MIME type (compared without case) and {@code a=fmtp}. */
public final class PayloadFormats {
  private PayloadFormats() {}

  /**
   * A packetizer for one stream.
   *
   * @param random for identifiers that the formats let begin anywhere
   * @return null for an unknown format
   */
  public static @Nullable Packetizer packetizer(
      String mimeType, String fmtp, RandomGenerator random) {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "audio/opus", "audio/pcmu", "audio/pcma", "audio/g722" -> new SinglePayloadPacketizer();
      case "video/vp8" -> new Vp8Packetizer(random);
      case "video/vp9" -> new Vp9Packetizer(random);
      case "video/h264" -> H264Packetizer.of(H264Parameters.parse(fmtp));
      case "video/av1" -> new Av1Packetizer();
      default -> null;
    };
  }

  /** Whether one packetizer serves both {@code a=fmtp}: only those of H.264 rule how it is cut. */
  public static boolean packetizesAlike(String mimeType, String fmtp, String otherFmtp) {
    return !mimeType.equalsIgnoreCase("video/H264") || fmtp.equals(otherFmtp);
  }

  /** A depacketizer; null for an unknown format. */
  public static @Nullable Depacketizer depacketizer(String mimeType, String fmtp) {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "audio/opus", "audio/pcmu", "audio/pcma", "audio/g722" ->
          new SinglePayloadDepacketizer();
      case "video/vp8" -> new Vp8Depacketizer();
      case "video/vp9" -> new Vp9Depacketizer();
      case "video/h264" -> H264Depacketizer.of(H264Parameters.parse(fmtp));
      case "video/av1" -> new Av1Depacketizer();
      default -> null;
    };
  }

  /** Whether a key frame begins with this payload, as far as it tells; false for a broken one. */
  public static boolean beginsKeyFrame(Depacketizer format, byte[] payload) {
    try {
      PayloadDescriptor descriptor = format.describe(payload, 0, payload.length);
      boolean keyFrame = descriptor.keyFrame() && descriptor.start() != PayloadDescriptor.Start.NO;
      return keyFrame || format instanceof H264Depacketizer && H264NalUnits.hasParameters(payload);
    } catch (MalformedPacketException e) {
      return false;
    }
  }

  /** What an encoded video frame says of itself; null for an unknown format and for audio. */
  public static @Nullable VideoFrameInfo frameInfo(String mimeType, byte[] frame)
      throws MalformedPacketException {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "video/vp8" -> Vp8FrameHeader.parse(frame);
      case "video/vp9" -> Vp9FrameHeader.parse(frame);
      case "video/h264" -> H264NalUnits.frameInfo(frame);
      case "video/av1" -> Av1FrameHeader.parse(frame);
      default -> null;
    };
  }
}
