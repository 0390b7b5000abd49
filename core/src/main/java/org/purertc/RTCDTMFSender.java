package org.purertc;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the tones of a telephone's keys in the track's place, RFC 4733.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtmfsender">WebRTC 7.2, RTCDTMFSender</a>
 */
public final class RTCDTMFSender {
  private static final Duration DEFAULT_DURATION = Duration.ofMillis(100);
  private static final Duration DEFAULT_GAP = Duration.ofMillis(70);
  private static final String TONES = "0123456789ABCD#*,";

  private final TransceiverCore transceiver;
  private volatile @Nullable Consumer<String> toneChange;
  private volatile String toneBuffer = "";

  RTCDTMFSender(TransceiverCore transceiver) {
    this.transceiver = transceiver;
  }

  /** Whether the connection is up, telephone-event was negotiated and the transceiver sends. */
  public boolean canInsertDTMF() {
    return transceiver.canSendTones();
  }

  /** What is still to be sent. */
  public String toneBuffer() {
    return toneBuffer;
  }

  /** With tones of 100 ms and gaps of 70 ms. */
  public void insertDTMF(String tones) {
    insertDTMF(tones, DEFAULT_DURATION, DEFAULT_GAP);
  }

  /**
   * Replaces what is still to be sent; an empty text stops after the tone that sounds now.
   *
   * @param tones of {@code 0-9 A-D # *}, and a comma for a pause of 2 seconds; lower case is taken
   * @param duration of each tone, brought into 40 to 6,000 ms
   * @param gap between tones, brought into 30 to 6,000 ms
   * @throws RTCException {@code InvalidStateError} unless {@link #canInsertDTMF}, {@code
   *     InvalidCharacterError} for any other character
   */
  public void insertDTMF(String tones, Duration duration, Duration gap) {
    if (!canInsertDTMF()) {
      throw new RTCException(
          "InvalidStateError",
          "insertDTMF: telephone-event is not negotiated, or this transceiver does not send now");
    }
    String wanted = tones.toUpperCase(Locale.ROOT);
    for (int i = 0; i < wanted.length(); i++) {
      if (TONES.indexOf(wanted.charAt(i)) < 0) {
        throw new RTCException(
            "InvalidCharacterError", "insertDTMF: '" + tones.charAt(i) + "' is no tone");
      }
    }
    toneBuffer = wanted;
    long durationNs = clamp(duration, 40).toNanos();
    long gapNs = clamp(gap, 30).toNanos();
    transceiver.onLoop(port -> port.insertTones(wanted, durationNs, gapNs));
  }

  /**
   * Sets the handler called when a tone begins, with its character, and with an empty text when all
   * were sent.
   */
  public void onToneChange(@Nullable Consumer<String> handler) {
    toneChange = handler;
  }

  /**
   * Callback executor.
   *
   * @param tone empty at the end
   * @param rest what is to come
   */
  void toneChanged(String tone, String rest) {
    toneBuffer = rest;
    Consumer<String> handler = toneChange;
    if (handler != null) {
      handler.accept(tone);
    }
  }

  private static Duration clamp(Duration wanted, long leastMs) {
    long milliseconds = Math.max(leastMs, Math.min(6_000, wanted.toMillis()));
    return Duration.ofMillis(milliseconds);
  }
}
