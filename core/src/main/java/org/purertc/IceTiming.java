package org.purertc;

import java.time.Duration;

/**
 * How fast ICE looks for a path, and how soon it gives one up. A path that is in use is checked at
 * random intervals around {@code consentInterval} (RFC 7675); without an answer for {@code
 * consentSilence} it is checked each {@code consentRetry}, and other paths with it.
 *
 * @param checkInterval between two checks while a path is sought, at least 5 ms (RFC 8445, Ta)
 * @param patience how long a path is sought before the state is {@code failed} (RFC 8863)
 * @param consentRetry at least 500 ms
 * @param disconnectedAfter how long a check goes unanswered before the state is {@code
 *     disconnected}
 * @param failedAfter time since the last answer after which nothing is sent any more and the state
 *     is {@code failed}; only {@link RTCPeerConnection#restartIce} goes on from there
 */
public record IceTiming(
    Duration checkInterval,
    Duration patience,
    Duration consentInterval,
    Duration consentSilence,
    Duration consentRetry,
    Duration disconnectedAfter,
    Duration failedAfter) {

  /** 20 ms, 39.5 s, 5 s, 2 s, 0.5 s, 5 s and 30 s. */
  public static final IceTiming DEFAULT =
      new IceTiming(
          Duration.ofMillis(20),
          Duration.ofMillis(39_500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException for a time that is not positive or below its least value
   */
  public IceTiming {
    require("checkInterval", checkInterval, 5);
    require("patience", patience, 1);
    require("consentInterval", consentInterval, 500);
    require("consentSilence", consentSilence, 1);
    require("consentRetry", consentRetry, 500);
    require("disconnectedAfter", disconnectedAfter, 1);
    require("failedAfter", failedAfter, 1);
  }

  private static void require(String name, Duration time, long leastMs) {
    if (time.compareTo(Duration.ofMillis(leastMs)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " " + time + ": from " + leastMs + " ms to a day");
    }
  }

  /** The same with other limits for a path that does not answer. */
  public IceTiming withLimits(Duration newDisconnectedAfter, Duration newFailedAfter) {
    return new IceTiming(
        checkInterval,
        patience,
        consentInterval,
        consentSilence,
        consentRetry,
        newDisconnectedAfter,
        newFailedAfter);
  }

  /** The same with another time for the search of a path. */
  public IceTiming withPatience(Duration newPatience) {
    return new IceTiming(
        checkInterval,
        newPatience,
        consentInterval,
        consentSilence,
        consentRetry,
        disconnectedAfter,
        failedAfter);
  }
}
