package org.purertc.internal.rtp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the header extensions of a packet say. An element that is too short, or was not negotiated,
 * counts as absent.
 */
public final class HeaderExtensions {
  /** An extension that the packet does not have. */
  public static final int ABSENT = -1;

  private HeaderExtensions() {}

  /** Of {@link ExtensionType#MID} and the stream ids; null when absent. */
  public static @Nullable String text(RtpPacket packet, ExtensionIds ids, ExtensionType type) {
    int at = find(packet, ids, type, 1);
    if (at < 0) {
      return null;
    }
    int length = packet.extensionLength(at);
    return new String(packet.buffer(), at, length, StandardCharsets.UTF_8);
  }

  /** Whether {@link #text} gives this one, of ASCII; copies nothing. */
  static boolean hasText(RtpPacket packet, ExtensionIds ids, ExtensionType type, String text) {
    int at = find(packet, ids, type, 1);
    if (at < 0 || packet.extensionLength(at) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (packet.buffer()[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** 24 bits, in 2^-18 s; {@link #ABSENT} without. */
  public static int absoluteSendTime(RtpPacket packet, ExtensionIds ids) {
    return (int) value(packet, ids, ExtensionType.ABSOLUTE_SEND_TIME, 3);
  }

  /** 16 bits; {@link #ABSENT} without. */
  public static int transportSequence(RtpPacket packet, ExtensionIds ids) {
    return (int) value(packet, ids, ExtensionType.TRANSPORT_SEQUENCE, 2);
  }

  /** In -dBov, 0 to 127; {@link #ABSENT} without. */
  public static int audioLevel(RtpPacket packet, ExtensionIds ids) {
    int level = (int) value(packet, ids, ExtensionType.AUDIO_LEVEL, 1);
    return level == ABSENT ? ABSENT : level & 0x7f;
  }

  /** Whether the encoder heard a voice; false when absent. */
  public static boolean voiceActivity(RtpPacket packet, ExtensionIds ids) {
    int level = (int) value(packet, ids, ExtensionType.AUDIO_LEVEL, 1);
    return level != ABSENT && (level & 0x80) != 0;
  }

  /** By how many degrees to turn the picture clockwise; {@link #ABSENT} without. */
  public static int rotationDegrees(RtpPacket packet, ExtensionIds ids) {
    int orientation = (int) value(packet, ids, ExtensionType.VIDEO_ORIENTATION, 1);
    return orientation == ABSENT ? ABSENT : 90 * (orientation & 3);
  }

  /** Least playout delay in ms; {@link #ABSENT} without. */
  public static int minPlayoutDelayMs(RtpPacket packet, ExtensionIds ids) {
    int delays = (int) value(packet, ids, ExtensionType.PLAYOUT_DELAY, 3);
    return delays == ABSENT ? ABSENT : 10 * (delays >> 12);
  }

  /** Greatest playout delay in ms; {@link #ABSENT} without. */
  public static int maxPlayoutDelayMs(RtpPacket packet, ExtensionIds ids) {
    int delays = (int) value(packet, ids, ExtensionType.PLAYOUT_DELAY, 3);
    return delays == ABSENT ? ABSENT : 10 * (delays & 0xfff);
  }

  /** When the frame was captured, as a 64-bit NTP timestamp; 0 when absent. */
  public static long absoluteCaptureTime(RtpPacket packet, ExtensionIds ids) {
    int at = find(packet, ids, ExtensionType.ABSOLUTE_CAPTURE_TIME, 8);
    return at < 0 ? 0 : bigEndian(packet.buffer(), at, 8);
  }

  /**
   * What the sender takes the capturer's clock to be ahead of its own, in units of 2^-32 s; 0 when
   * absent: then they are one.
   */
  public static long captureClockOffset(RtpPacket packet, ExtensionIds ids) {
    int at = find(packet, ids, ExtensionType.ABSOLUTE_CAPTURE_TIME, 16);
    return at < 0 ? 0 : bigEndian(packet.buffer(), at + 8, 8);
  }

  private static long value(RtpPacket packet, ExtensionIds ids, ExtensionType type, int bytes) {
    int at = find(packet, ids, type, bytes);
    return at < 0 ? ABSENT : bigEndian(packet.buffer(), at, bytes);
  }

  private static int find(RtpPacket packet, ExtensionIds ids, ExtensionType type, int minBytes) {
    int id = ids.id(type);
    int at = id == 0 ? -1 : packet.extension(id);
    return at >= 0 && packet.extensionLength(at) >= minBytes ? at : -1;
  }

  private static long bigEndian(byte[] buffer, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | buffer[at + i] & 0xff;
    }
    return value;
  }
}
