package org.purertc.internal.rtp;

/**
 * What the sender of a frame says in the header extensions of its packets. Each is left out when it
 * was not negotiated.
 *
 * @param audioLevel in -dBov, 0 to 127; -1 for none
 * @param voiceActivity goes with the audio level
 * @param rotationDegrees clockwise, a multiple of 90; -1 for none
 * @param minPlayoutDelayMs up to 40,950; -1 for none
 * @param maxPlayoutDelayMs goes with the least
 * @param captureNtpTime 64 bits; 0 for none
 */
public record PacketExtensions(
    int audioLevel,
    boolean voiceActivity,
    int rotationDegrees,
    int minPlayoutDelayMs,
    int maxPlayoutDelayMs,
    long captureNtpTime) {

  private static final int MAX_PLAYOUT_DELAY_MS = 0xfff * 10;

  public static final PacketExtensions NONE = new PacketExtensions(-1, false, -1, -1, -1, 0);

  public PacketExtensions {
    if (audioLevel > 127
        || rotationDegrees >= 360
        || minPlayoutDelayMs > maxPlayoutDelayMs
        || maxPlayoutDelayMs > MAX_PLAYOUT_DELAY_MS) {
      throw new IllegalArgumentException("extensions out of range");
    }
  }

  public static PacketExtensions ofAudio(int audioLevel, boolean voiceActivity) {
    return new PacketExtensions(audioLevel, voiceActivity, -1, -1, -1, 0);
  }

  public static PacketExtensions ofVideo(int rotationDegrees) {
    return new PacketExtensions(-1, false, rotationDegrees, -1, -1, 0);
  }

  /** What a received packet says, with its time of capture on its sender's clock. */
  public static PacketExtensions of(RtpPacket packet, ExtensionIds ids) {
    int audioLevel = HeaderExtensions.audioLevel(packet, ids);
    int rotation = HeaderExtensions.rotationDegrees(packet, ids);
    int least = HeaderExtensions.minPlayoutDelayMs(packet, ids);
    int most = HeaderExtensions.maxPlayoutDelayMs(packet, ids);
    long captured = HeaderExtensions.absoluteCaptureTime(packet, ids);
    if (audioLevel < 0 && rotation < 0 && least < 0 && captured == 0) {
      return NONE;
    }
    boolean isDelay = least <= most;
    return new PacketExtensions(
        audioLevel,
        HeaderExtensions.voiceActivity(packet, ids),
        rotation,
        isDelay ? least : -1,
        isDelay ? most : -1,
        captured == 0 ? 0 : captured - HeaderExtensions.captureClockOffset(packet, ids));
  }

  /** This, and what it does not say as an earlier packet said it; its own audio level. */
  public PacketExtensions after(PacketExtensions earlier) {
    if (equals(NONE) && earlier.audioLevel < 0 && earlier.captureNtpTime == 0) {
      return earlier;
    }
    boolean isDelay = minPlayoutDelayMs >= 0;
    return new PacketExtensions(
        audioLevel,
        voiceActivity,
        rotationDegrees >= 0 ? rotationDegrees : earlier.rotationDegrees,
        isDelay ? minPlayoutDelayMs : earlier.minPlayoutDelayMs,
        isDelay ? maxPlayoutDelayMs : earlier.maxPlayoutDelayMs,
        captureNtpTime);
  }

  /** With another rotation; -1 for none. */
  public PacketExtensions rotated(int degrees) {
    return new PacketExtensions(
        audioLevel, voiceActivity, degrees, minPlayoutDelayMs, maxPlayoutDelayMs, captureNtpTime);
  }

  /** With another time of capture; 0 for none. */
  public PacketExtensions capturedAt(long ntp) {
    return ntp == captureNtpTime
        ? this
        : new PacketExtensions(
            audioLevel, voiceActivity, rotationDegrees, minPlayoutDelayMs, maxPlayoutDelayMs, ntp);
  }

  void addTo(ExtensionWriter out, ExtensionIds ids) {
    if (audioLevel >= 0 && ids.has(ExtensionType.AUDIO_LEVEL)) {
      int voice = voiceActivity ? 0x80 : 0;
      out.add(ids.id(ExtensionType.AUDIO_LEVEL), 1, voice | audioLevel);
    }
    if (rotationDegrees >= 0 && ids.has(ExtensionType.VIDEO_ORIENTATION)) {
      out.add(ids.id(ExtensionType.VIDEO_ORIENTATION), 1, rotationDegrees / 90);
    }
    if (minPlayoutDelayMs >= 0 && ids.has(ExtensionType.PLAYOUT_DELAY)) {
      int delays = minPlayoutDelayMs / 10 << 12 | maxPlayoutDelayMs / 10;
      out.add(ids.id(ExtensionType.PLAYOUT_DELAY), 3, delays);
    }
    if (captureNtpTime != 0 && ids.has(ExtensionType.ABSOLUTE_CAPTURE_TIME)) {
      out.add(ids.id(ExtensionType.ABSOLUTE_CAPTURE_TIME), 8, captureNtpTime);
    }
  }
}
