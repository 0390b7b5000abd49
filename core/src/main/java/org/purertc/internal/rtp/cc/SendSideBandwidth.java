package org.purertc.internal.rtp.cc;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.Timer;

/**
 * How fast to send over a path, by Google's congestion control (draft-ietf-rmcat-gcc-02) as
 * libwebrtc has it now: the least of what delay, loss, the receiver (REMB) and the program allow.
 */
public final class SendSideBandwidth {
  public static final long DEFAULT_START = 300_000;
  public static final long DEFAULT_MIN = 30_000;

  /** Frames leave faster than they come on average. */
  private static final double PACING_FACTOR = 2.5;

  private static final long FIRST_ROUND_TRIP_NS = 200_000_000L;

  /** Without feedback for so long the rate goes down, each second by a fifth. */
  private static final long FEEDBACK_TIMEOUT_NS = 3_000_000_000L;

  private static final long BACKOFF_INTERVAL_NS = 1_000_000_000L;
  private static final double BACKOFF = 0.8;

  /** Loss while packets wait for so long comes from a full queue, not from the air. */
  private static final long FULL_QUEUE_NS = 50_000_000L;

  private final SentPackets sent = new SentPackets();
  private final QueueDelay queueDelay = new QueueDelay();
  private final AcknowledgedRate acknowledged = new AcknowledgedRate();
  private final ApplicationLimit limit = new ApplicationLimit();
  private final ProbeRates probeRates = new ProbeRates();
  private final ProbeController probes;
  private final DelayBasedEstimator delayBased;
  private final LossBasedEstimator lossBased;
  private final LongConsumer targetChanged;
  private final Timer backoff = new Timer();
  private long minBitsPerSecond;
  private long maxBitsPerSecond;
  private long rembBitsPerSecond = Long.MAX_VALUE;
  private long target;
  private long roundTripNs = FIRST_ROUND_TRIP_NS;
  private boolean hasFeedback;
  private boolean timedOut;

  /**
   * @param targetChanged takes the new target, in bits per second
   */
  public SendSideBandwidth(
      long startBitsPerSecond,
      long minBitsPerSecond,
      long maxBitsPerSecond,
      LongConsumer targetChanged) {
    checkLimits(minBitsPerSecond, maxBitsPerSecond);
    this.minBitsPerSecond = minBitsPerSecond;
    this.maxBitsPerSecond = maxBitsPerSecond;
    this.targetChanged = targetChanged;
    this.target = Math.max(minBitsPerSecond, Math.min(maxBitsPerSecond, startBitsPerSecond));
    this.probes = new ProbeController(target, maxBitsPerSecond);
    this.delayBased = new DelayBasedEstimator(target, minBitsPerSecond);
    this.lossBased = new LossBasedEstimator(target);
    limit.setTarget(target);
  }

  private static void checkLimits(long min, long max) {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException(min + " to " + max + " bit/s");
    }
  }

  public void setLimits(long newMinBitsPerSecond, long newMaxBitsPerSecond, long nowNs) {
    checkLimits(newMinBitsPerSecond, newMaxBitsPerSecond);
    minBitsPerSecond = newMinBitsPerSecond;
    maxBitsPerSecond = newMaxBitsPerSecond;
    probes.setMax(newMaxBitsPerSecond);
    delayBased.setMin(newMinBitsPerSecond);
    update(nowNs);
  }

  /** The most that the program would send; nothing beyond twice of it is looked for. */
  public void setWanted(long bitsPerSecond, long nowNs) {
    probes.setWanted(bitsPerSecond, nowNs);
  }

  /** Data waits because {@link PathBudget} has no room for it: looks for more, now and then. */
  public void onDataWaiting(long nowNs) {
    if (hasFeedback && delayBased.usage() == BandwidthUsage.NORMAL) {
      probes.onDemand(nowNs);
    }
  }

  /**
   * @param transportSequence not wrapped, higher than all before; its lower 16 bits are on the wire
   */
  public void onPacketSent(long transportSequence, int bytes, int probeClusterId, long nowNs) {
    sent.add(transportSequence, bytes, probeClusterId, nowNs);
    limit.onSent(bytes, nowNs);
    probes.onSent(nowNs);
    if (hasFeedback && !backoff.isRunning()) {
      backoff.start(nowNs, timedOut ? BACKOFF_INTERVAL_NS : FEEDBACK_TIMEOUT_NS);
    }
  }

  /** Bytes that share the path and carry no transport-wide sequence number. */
  public void onUntrackedSent(int bytes, long nowNs) {
    if (!sent.isEmpty()) {
      sent.addUntracked(bytes);
      limit.onSent(bytes, nowNs);
    }
  }

  public void onFeedback(TransportFeedback feedback, long nowNs) {
    PacketResults results = sent.apply(feedback);
    if (results.arrived() == 0 && results.lost() == 0) {
      return;
    }
    hasFeedback = true;
    backoff.stop();
    timedOut = false;
    acknowledged.setApplicationLimited(limit.isActive());
    for (int i = 0; i < results.arrived(); i++) {
      acknowledged.add(results.bytes(i) + results.untrackedBytes(i), results.arrivalNs(i));
    }
    measureRoundTrip(results, nowNs);
    delayBased.add(results, nowNs);
    long probed = probeRates.add(results);
    if (probed > 0 && delayBased.usage() != BandwidthUsage.OVERUSING) {
      delayBased.onProbed(probed, nowNs);
      lossBased.set(probed, nowNs);
    } else if (results.arrived() > 0) {
      delayBased.update(acknowledged, roundTripNs, nowNs);
    }
    queueDelay.add(results, nowNs);
    if (lossBased.add(results.lost(), results.arrived(), roundTripNs, nowNs)
        && queueDelay.latestNs() > FULL_QUEUE_NS) {
      // A queue that stays full shows no trend.
      delayBased.onFullQueue(acknowledged, nowNs);
    }
    if (delayBased.hasRecovered()) {
      probes.onRecovered(limit, nowNs);
    }
    update(nowNs);
  }

  /** The packet that came last waited least for the feedback. */
  private void measureRoundTrip(PacketResults results, long nowNs) {
    int last = results.arrived() - 1;
    if (last >= 0) {
      onRoundTrip(nowNs - results.sentNs(last));
    }
  }

  /** A round trip as RTCP reports or transport-wide feedback show it. */
  public void onRoundTrip(long measuredNs) {
    roundTripNs += (Math.max(0, measuredNs) - roundTripNs) / 8;
  }

  /**
   * A receiver report; used when the peer sends no transport-wide feedback, which says the same.
   *
   * @param fractionLost since the last one, 0 to 1
   */
  public void onReceiverReport(double fractionLost, long nowNs) {
    if (!hasFeedback) {
      lossBased.report(fractionLost, roundTripNs, nowNs);
      update(nowNs);
    }
  }

  /** The receiver's own estimate: never more is sent. */
  public void onRemb(long bitsPerSecond, long nowNs) {
    rembBitsPerSecond = bitsPerSecond;
    update(nowNs);
  }

  private void update(long nowNs) {
    long most = Math.min(maxBitsPerSecond, rembBitsPerSecond);
    if (hasFeedback) {
      most = Math.min(most, delayBased.bitsPerSecond());
    }
    lossBased.limit(Math.max(minBitsPerSecond, most));
    long updated = Math.max(minBitsPerSecond, lossBased.bitsPerSecond());
    probes.onEstimate(updated, nowNs);
    if (updated != target) {
      target = updated;
      limit.setTarget(updated);
      targetChanged.accept(updated);
    }
  }

  /** What all media together may send. */
  public long targetBitsPerSecond() {
    return target;
  }

  /** At which packets may leave. */
  public long pacingBitsPerSecond() {
    return (long) (PACING_FACTOR * target);
  }

  /** A cluster that the pacer is to send; null when there is none. */
  public @Nullable ProbeCluster pollProbe() {
    ProbeCluster cluster = probes.poll();
    if (cluster != null) {
      probeRates.expect(cluster);
    }
    return cluster;
  }

  public long roundTripNs() {
    return roundTripNs;
  }

  /** 0 to 1, of the last packets. */
  public double lossFraction() {
    return lossBased.lossFraction();
  }

  public boolean isApplicationLimited() {
    return limit.isActive();
  }

  public long nextDeadlineNs() {
    return Math.min(backoff.deadlineNs(), probes.nextDeadlineNs(limit));
  }

  public void onDeadline(long nowNs) {
    probes.onDeadline(limit, nowNs);
    if (backoff.expire(nowNs)) {
      timedOut = true;
      long reduced = (long) (BACKOFF * target);
      delayBased.set(reduced, nowNs);
      lossBased.set(reduced, nowNs);
      update(nowNs);
    }
  }
}
