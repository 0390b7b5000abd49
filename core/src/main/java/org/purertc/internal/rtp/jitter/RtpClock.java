package org.purertc.internal.rtp.jitter;

/** The clock of timestamps. */
record RtpClock(int rate) {
  private static final long SECOND_NS = 1_000_000_000;

  RtpClock {
    if (rate <= 0) {
      throw new IllegalArgumentException("clock rate " + rate);
    }
  }

  long toNs(long ticks) {
    return ticks / rate * SECOND_NS + ticks % rate * SECOND_NS / rate;
  }

  /** Rounded down. */
  long toTicks(long ns) {
    return ns / SECOND_NS * rate + ns % SECOND_NS * rate / SECOND_NS;
  }
}
