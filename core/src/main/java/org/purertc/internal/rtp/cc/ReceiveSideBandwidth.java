package org.purertc.internal.rtp.cc;

import org.purertc.internal.util.Timer;

/**
 * The rate that the path to us takes, estimated here for a sender that has no transport-wide
 * feedback and obeys REMB, draft-alvestrand-rmcat-remb-03: by the times at which packets left
 * (abs-send-time) and came.
 */
public final class ReceiveSideBandwidth {
  private static final long MIN_BITS_PER_SECOND = 30_000;
  private static final long START_BITS_PER_SECOND = 300_000;

  /** The draft's section 2.2: a decrease by more than 3 % is told at once. */
  private static final double TOLD_AT_ONCE = 0.97;

  private static final long INTERVAL_NS = 1_000_000_000L;
  private static final long UPDATE_INTERVAL_NS = 100_000_000L;

  /** Nothing came for so long: the last words were said. */
  private static final long SILENCE_NS = 2_000_000_000L;

  private static final long DEFAULT_ROUND_TRIP_NS = 100_000_000L;

  /** abs-send-time has 24 bits, 18 of them for the fraction of a second. */
  private static final int SEND_TIME_FRACTION_BITS = 18;

  private static final long SEND_TIME_CYCLE = 1 << 24;

  private final DelayBasedEstimator delay =
      new DelayBasedEstimator(START_BITS_PER_SECOND, MIN_BITS_PER_SECOND);
  private final AcknowledgedRate incoming = new AcknowledgedRate();
  private long roundTripNs = DEFAULT_ROUND_TRIP_NS;
  private long sendTime = -1;
  private long lastPacketNs;
  private long updatedNs = Long.MIN_VALUE / 2;
  private long toldNs = Long.MIN_VALUE / 2;
  private long told = -1;
  private boolean begun;

  public void setRoundTrip(long measuredNs) {
    roundTripNs = measuredNs;
  }

  /**
   * A packet came.
   *
   * @param absoluteSendTime 24 bits, in 2^-18 s
   */
  public void onPacket(int absoluteSendTime, int bytes, long nowNs) {
    lastPacketNs = nowNs;
    incoming.add(bytes, nowNs);
    sendTime = unwrap(absoluteSendTime);
    delay.add(ns(sendTime), nowNs, nowNs);
    if (!begun && incoming.isKnown()) {
      begun = true;
      // The sender has found this rate without us: nothing says that the path does not take it.
      delay.set(Math.max(START_BITS_PER_SECOND, incoming.bitsPerSecond() * 3 / 2), nowNs);
    }
    boolean overused = delay.usage() == BandwidthUsage.OVERUSING;
    if (begun && (overused || nowNs - updatedNs >= UPDATE_INTERVAL_NS)) {
      updatedNs = nowNs;
      delay.update(incoming, roundTripNs, nowNs);
    }
  }

  private static long ns(long sendTime) {
    long seconds = sendTime >> SEND_TIME_FRACTION_BITS;
    long fraction = sendTime & (1 << SEND_TIME_FRACTION_BITS) - 1;
    return seconds * 1_000_000_000L + (fraction * 1_000_000_000L >> SEND_TIME_FRACTION_BITS);
  }

  /** The nearest to the newest one. */
  private long unwrap(int wrapped) {
    if (sendTime < 0) {
      return SEND_TIME_CYCLE + wrapped; // never below 0
    }
    long difference = (wrapped - sendTime) & (SEND_TIME_CYCLE - 1);
    boolean isBefore = difference >= SEND_TIME_CYCLE / 2;
    return Math.max(0, sendTime + (isBefore ? difference - SEND_TIME_CYCLE : difference));
  }

  /** What the sender is to be told now, in bits per second; -1 for nothing. */
  public long poll(long nowNs) {
    if (!begun || nowNs < nextDeadlineNs()) {
      return -1;
    }
    told = delay.bitsPerSecond();
    toldNs = nowNs;
    return told;
  }

  /** When {@link #poll} has something to tell, unless packets change it before. */
  public long nextDeadlineNs() {
    if (!begun || toldNs - lastPacketNs > SILENCE_NS) {
      return Timer.NEVER;
    }
    boolean isUrgent = told < 0 || delay.bitsPerSecond() < TOLD_AT_ONCE * told;
    return isUrgent ? lastPacketNs : toldNs + INTERVAL_NS;
  }
}
