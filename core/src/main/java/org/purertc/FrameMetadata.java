package org.purertc;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a frame or a packet besides its bytes, in header extensions and reports. A program
 * that sends gives what it knows, and what the remote peer has not negotiated is left out; a
 * program that receives gets what the remote peer said last of it.
 *
 * @param captureTime when the first sample or the picture was taken, on this machine's wall clock;
 *     null when unknown. Of all tracks of one remote peer it is the same clock, so sound and
 *     picture can be brought together by it: it is computed from sender reports and
 *     abs-capture-time, about a second after a track has begun, and may move by some milliseconds
 *     as more reports come. A program that sends gives it for the same reason; without it a frame
 *     counts as captured when it is written
 * @param audioLevel in -dBov, 0 (loudest) to 127 (silence), RFC 6464; -1 when unknown
 * @param voiceActivity whether the audio is speech; goes with the audio level
 * @param rotation by how many degrees the picture is to be turned clockwise: 0, 90, 180 or 270
 * @param minPlayoutDelayMs how long a receiver should hold the frame at least, 0 to 40,950 in steps
 *     of 10; -1 for its own choice
 * @param maxPlayoutDelayMs how long at most; -1 with the least
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/">WebRTC Encoded Transform,
 *     RTCEncodedFrameMetadata</a>
 */
public record FrameMetadata(
    @Nullable Instant captureTime,
    int audioLevel,
    boolean voiceActivity,
    int rotation,
    int minPlayoutDelayMs,
    int maxPlayoutDelayMs) {

  /** Nothing is known. */
  public static final FrameMetadata NONE = new FrameMetadata(null, -1, false, 0, -1, -1);

  private static final int MAX_PLAYOUT_DELAY_MS = 40_950;

  public FrameMetadata {
    check(audioLevel >= -1 && audioLevel <= 127, "audioLevel", audioLevel);
    check(rotation >= 0 && rotation < 360 && rotation % 90 == 0, "rotation", rotation);
    check(
        minPlayoutDelayMs >= -1 && minPlayoutDelayMs <= maxPlayoutDelayMs,
        "minPlayoutDelayMs",
        minPlayoutDelayMs);
    check(
        maxPlayoutDelayMs <= MAX_PLAYOUT_DELAY_MS
            && (maxPlayoutDelayMs < 0) == (minPlayoutDelayMs < 0),
        "maxPlayoutDelayMs",
        maxPlayoutDelayMs);
  }

  private static void check(boolean right, String what, int value) {
    if (!right) {
      throw new IllegalArgumentException(what + " " + value);
    }
  }

  /** With a time of capture. */
  public FrameMetadata withCaptureTime(Instant time) {
    return new FrameMetadata(
        Objects.requireNonNull(time, "time"),
        audioLevel,
        voiceActivity,
        rotation,
        minPlayoutDelayMs,
        maxPlayoutDelayMs);
  }

  /**
   * With an audio level.
   *
   * @param level in -dBov, 0 to 127
   */
  public FrameMetadata withAudioLevel(int level, boolean voice) {
    return new FrameMetadata(
        captureTime, level, voice, rotation, minPlayoutDelayMs, maxPlayoutDelayMs);
  }

  /** With a rotation of 0, 90, 180 or 270 degrees clockwise. */
  public FrameMetadata withRotation(int degrees) {
    return new FrameMetadata(
        captureTime, audioLevel, voiceActivity, degrees, minPlayoutDelayMs, maxPlayoutDelayMs);
  }

  /** With the delay that a receiver should keep to, in steps of 10 ms. */
  public FrameMetadata withPlayoutDelayMs(int least, int most) {
    return new FrameMetadata(captureTime, audioLevel, voiceActivity, rotation, least, most);
  }
}
