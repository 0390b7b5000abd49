package org.purertc.internal.rtp.cc;

import org.jspecify.annotations.Nullable;

/**
 * Bulk data with a congestion window as TCP and SCTP have it: slow start, then a packet more each
 * round trip, half on loss.
 */
final class WindowFlow {
  private static final int PACKET_BYTES = 1200;
  private static final int REORDERING = 3;

  final FlowRecord record = new FlowRecord();
  private final VirtualTime time;
  private final BottleneckLink forward;
  private final long delayNs;
  private final @Nullable PathBudget budget;
  private final @Nullable SendSideBandwidth told;
  private double window = 10;
  private double threshold = 1_000;
  private long toSend;
  private long sent;
  private long acknowledged;
  private int inFlight;
  private long recoverySequence = -1;
  private long lastAckNs;
  private boolean waiting;
  private Runnable done = () -> {};

  WindowFlow(VirtualTime time, BottleneckLink forward, long delayMs) {
    this(time, forward, delayMs, null, null);
  }

  WindowFlow(
      VirtualTime time,
      BottleneckLink forward,
      long delayMs,
      @Nullable PathBudget budget,
      @Nullable SendSideBandwidth told) {
    this.time = time;
    this.forward = forward;
    this.delayNs = delayMs * VirtualTime.MS;
    this.budget = budget;
    this.told = told;
  }

  WindowFlow startAt(double seconds, long bytes) {
    time.at(
        (long) (seconds * 1e9),
        () -> {
          toSend += bytes / PACKET_BYTES;
          window = 10;
          lastAckNs = time.nowNs();
          produce();
          watch();
        });
    return this;
  }

  private void produce() {
    while (toSend > 0 && inFlight < window) {
      if (budget != null && !budget.mayProduce(time.nowNs())) {
        waitForBudget(budget);
        if (told != null) {
          told.onDataWaiting(time.nowNs());
        }
        return;
      }
      send();
    }
  }

  private void waitForBudget(PathBudget refusing) {
    if (!waiting) {
      waiting = true;
      long at = Math.max(refusing.nextDeadlineNs(), time.nowNs() + 1);
      time.at(
          (at + VirtualTime.MS - 1) / VirtualTime.MS * VirtualTime.MS,
          () -> {
            waiting = false;
            produce();
          });
    }
  }

  private void send() {
    long now = time.nowNs();
    long sequence = sent++;
    toSend--;
    inFlight++;
    if (budget != null) {
      budget.onDataSent(PACKET_BYTES, now);
    }
    if (told != null) {
      told.onUntrackedSent(PACKET_BYTES, now);
    }
    boolean accepted =
        forward.send(
            PACKET_BYTES,
            delayNs,
            () -> {
              record.onArrived(PACKET_BYTES, time.nowNs() - now - delayNs, time.nowNs());
              time.after(delayNs, () -> acknowledge(sequence));
            });
    record.onSent(!accepted, now);
    if (!accepted) {
      toSend++;
    }
  }

  private void acknowledge(long sequence) {
    lastAckNs = time.nowNs();
    long gap = sequence - acknowledged;
    acknowledged = sequence + 1;
    inFlight = (int) Math.max(0, inFlight - 1 - gap);
    if (gap > 0 && sequence + REORDERING > recoverySequence) {
      threshold = Math.max(2, window / 2);
      window = threshold;
      recoverySequence = sent;
    } else {
      window += window < threshold ? 1 : 1 / window;
    }
    produce();
  }

  WindowFlow whenDone(Runnable action) {
    done = action;
    return this;
  }

  /** Retransmission timeout. */
  private void watch() {
    if (toSend == 0 && inFlight == 0) {
      done.run();
      return;
    }
    if (time.nowNs() - lastAckNs > VirtualTime.SECOND && inFlight > 0) {
      threshold = Math.max(2, window / 2);
      window = 2;
      inFlight = 0;
      lastAckNs = time.nowNs();
      produce();
    }
    time.after(200 * VirtualTime.MS, this::watch);
  }
}
