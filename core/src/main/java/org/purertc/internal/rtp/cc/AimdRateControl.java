package org.purertc.internal.rtp.cc;

/**
 * The rate that the delay allows, draft-ietf-rmcat-gcc-02 section 5.5: up by 8 % a second far from
 * where the path was full, by a packet for each response time near it, and down to 85 % of what
 * arrived.
 */
final class AimdRateControl {
  private static final double BACKOFF = 0.85;
  private static final double INCREASE_PER_SECOND = 1.08;
  private static final long MIN_INCREASE = 1_000;
  private static final long MIN_NEAR_INCREASE_PER_SECOND = 4_000;
  private static final double FRAMES_PER_SECOND = 30;
  private static final double PACKET_BITS = 1200 * 8;

  /** How long the detector takes to notice, about. */
  private static final long DETECTION_NS = 100_000_000L;

  private static final long MIN_REDUCTION_INTERVAL_NS = 10_000_000L;
  private static final long MAX_REDUCTION_INTERVAL_NS = 200_000_000L;

  private enum State {
    HOLD,
    INCREASE
  }

  private final LinkCapacity capacity = new LinkCapacity();
  private State state = State.HOLD;
  private long minBitsPerSecond;
  private long bitsPerSecond;
  private long changedNs;
  private boolean changed;

  AimdRateControl(long startBitsPerSecond, long minBitsPerSecond) {
    this.bitsPerSecond = startBitsPerSecond;
    this.minBitsPerSecond = minBitsPerSecond;
  }

  void setMin(long minBitsPerSecond) {
    this.minBitsPerSecond = minBitsPerSecond;
    bitsPerSecond = Math.max(bitsPerSecond, minBitsPerSecond);
  }

  long bitsPerSecond() {
    return bitsPerSecond;
  }

  /** A rate known otherwise, as by probing. */
  void set(long newBitsPerSecond, long nowNs) {
    bitsPerSecond = Math.max(minBitsPerSecond, newBitsPerSecond);
    change(nowNs);
  }

  private void change(long nowNs) {
    changedNs = nowNs;
    changed = true;
  }

  /** Whether the last change had time to show. */
  boolean mayReduce(long roundTripNs, long nowNs) {
    long intervalNs =
        Math.max(MIN_REDUCTION_INTERVAL_NS, Math.min(MAX_REDUCTION_INTERVAL_NS, roundTripNs));
    return !changed || nowNs - changedNs >= intervalNs;
  }

  /** As {@link #mayReduce}; at once when far less arrives than the rate. */
  boolean mayReduceTo(long acknowledged, long roundTripNs, long nowNs) {
    return mayReduce(roundTripNs, nowNs) || acknowledged < bitsPerSecond / 2;
  }

  void onOveruse(long acknowledged, long nowNs) {
    long reduced = (long) (BACKOFF * acknowledged);
    if (reduced > bitsPerSecond && capacity.isKnown()) {
      reduced = (long) (BACKOFF * capacity.bitsPerSecond());
    }
    if (capacity.isAbove(acknowledged)) {
      capacity.reset();
    }
    capacity.onOveruse(acknowledged);
    bitsPerSecond = Math.max(minBitsPerSecond, Math.min(bitsPerSecond, reduced));
    state = State.HOLD;
    change(nowNs);
  }

  /** Queues empty themselves: wait until they have. */
  void onUnderuse() {
    state = State.HOLD;
  }

  void onNormal(long acknowledged, long roundTripNs, long nowNs) {
    if (state == State.HOLD) {
      state = State.INCREASE;
      change(nowNs);
    }
    if (capacity.isBelow(acknowledged)) {
      capacity.reset();
    }
    double elapsed = changed ? (nowNs - changedNs) / 1e9 : 0;
    long increased =
        bitsPerSecond
            + (capacity.isKnown()
                ? (long) (nearIncreasePerSecond(roundTripNs) * elapsed)
                : farIncrease(elapsed));
    // draft-ietf-rmcat-gcc-02 section 5.5: no more than 1.5 times what arrives.
    long limit = (long) (1.5 * acknowledged) + 10_000;
    if (bitsPerSecond < limit) {
      bitsPerSecond = Math.max(minBitsPerSecond, Math.min(increased, limit));
    }
    change(nowNs);
  }

  private long farIncrease(double elapsed) {
    double factor = Math.pow(INCREASE_PER_SECOND, Math.min(elapsed, 1)) - 1;
    return Math.max(MIN_INCREASE, (long) (bitsPerSecond * factor));
  }

  private double nearIncreasePerSecond(long roundTripNs) {
    double frameBits = bitsPerSecond / FRAMES_PER_SECOND;
    double packetBits = frameBits / Math.ceil(frameBits / PACKET_BITS);
    double responseSeconds = 2 * (roundTripNs + DETECTION_NS) / 1e9;
    return Math.max(MIN_NEAR_INCREASE_PER_SECOND, packetBits / responseSeconds);
  }
}
