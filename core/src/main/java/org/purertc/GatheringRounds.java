package org.purertc;

/** Who waits for all candidates: one round of gathering at first, and one for each ICE restart. */
final class GatheringRounds {
  private final PeerThreads threads;
  private volatile LoopFuture<RTCSessionDescription> round;

  GatheringRounds(PeerThreads threads) {
    this.threads = threads;
    round = threads.newFuture();
  }

  /** The loop begins one. */
  void begin() {
    if (round.isDone()) {
      round = threads.newFuture();
    }
  }

  void complete(RTCSessionDescription local) {
    round.settle(local);
  }

  void fail(RTCException error) {
    round.fail(error);
  }

  /** Completes with the present round, or the first one to come. */
  LoopFuture<RTCSessionDescription> view() {
    return round.view();
  }
}
