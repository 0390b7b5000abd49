package org.purertc.samples.signaling.client;

import java.util.concurrent.TimeUnit;

/** What has arrived, and when to say so: with the next message, or after a while. */
final class Acknowledgement {
  private static final long DELAY_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_UNSAID = 32;

  private long receivedId;
  private long saidId;
  private long dueNs = Long.MAX_VALUE;

  /** Whether message {@code id} is the next one. */
  boolean isNext(long id) {
    return id == receivedId + 1;
  }

  /** Whether message {@code id} was there before. */
  boolean isRepeated(long id) {
    return id <= receivedId;
  }

  void received(long nowNs) {
    receivedId++;
    dueNs = receivedId - saidId >= MOST_UNSAID ? nowNs : Math.min(dueNs, nowNs + DELAY_NS);
  }

  /** The last message that arrived; saying it now needs no message of its own. */
  long say() {
    saidId = receivedId;
    dueNs = Long.MAX_VALUE;
    return receivedId;
  }

  long receivedId() {
    return receivedId;
  }

  long dueNs() {
    return dueNs;
  }
}
