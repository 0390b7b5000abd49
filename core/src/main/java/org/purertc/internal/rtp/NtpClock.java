package org.purertc.internal.rtp;

/**
 * What the wall clock shows at each {@code nowNs}, as 64-bit NTP timestamps (RFC 3550 section 4):
 * seconds since 1900 in the upper half, their fraction in the lower.
 *
 * @param ntpAtStart the wall clock at {@code startNs}
 */
public record NtpClock(long ntpAtStart, long startNs) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** From 1900 to 1970, RFC 5905 section 6. */
  private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

  /** The clock that shows this time since 1970 at {@code nowNs}. */
  public static NtpClock startingAt(long epochSeconds, int nanos, long nowNs) {
    return new NtpClock(ntpOf(epochSeconds, nanos), nowNs);
  }

  /** The timestamp of a time since 1970. */
  public static long ntpOf(long epochSeconds, int nanos) {
    return epochSeconds + UNIX_EPOCH_SECONDS << 32 | fraction(nanos);
  }

  /** Whole seconds since 1970. */
  public static long epochSeconds(long ntp) {
    return (ntp >>> 32) - UNIX_EPOCH_SECONDS;
  }

  /** What is beyond {@link #epochSeconds}. */
  public static long fractionNanos(long ntp) {
    return (ntp & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32;
  }

  /** The {@code nowNs} at which this clock shows it. */
  public long nowNsAt(long ntp) {
    return startNs + betweenNs(ntpAtStart, ntp);
  }

  public long at(long nowNs) {
    long elapsedNs = nowNs - startNs;
    long seconds = Math.floorDiv(elapsedNs, NANOS_PER_SECOND);
    long nanos = Math.floorMod(elapsedNs, NANOS_PER_SECOND);
    return ntpAtStart + (seconds << 32) + fraction(nanos);
  }

  /** Milliseconds since 1970; RFC 4330 section 3: small numbers of seconds are those after 2036. */
  public static double toEpochMs(long ntp) {
    long era = ntp < 0 ? 0 : 1L << 32;
    long seconds = era + (ntp >>> 32) - UNIX_EPOCH_SECONDS;
    return seconds * 1e3 + (ntp & 0xffff_ffffL) * 1e3 / (1L << 32);
  }

  private static long fraction(long nanos) {
    return (nanos << 32) / NANOS_PER_SECOND;
  }

  /** The middle 32 bits, as LSR has them, RFC 3550 section 6.4.1. */
  public static long middle(long ntp) {
    return ntp >>> 16 & 0xffff_ffffL;
  }

  /** 6 bits of seconds and 18 of their fraction, as abs-send-time has them. */
  public static int absoluteSendTime(long ntp) {
    return (int) (ntp >>> 14) & 0xff_ffff;
  }

  /** From units of 1/65536 s. */
  public static long middleToNs(long units) {
    return units * NANOS_PER_SECOND >> 16;
  }

  /** Into units of 1/65536 s. */
  public static long nsToMiddle(long ns) {
    return (ns << 16) / NANOS_PER_SECOND;
  }

  /** Nanoseconds from one timestamp to another, less than 68 years apart. */
  public static long betweenNs(long fromNtp, long toNtp) {
    long difference = toNtp - fromNtp;
    return (difference >> 32) * NANOS_PER_SECOND
        + ((difference & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32);
  }
}
