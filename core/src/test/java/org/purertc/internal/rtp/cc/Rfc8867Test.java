package org.purertc.internal.rtp.cc;

import org.junit.jupiter.api.Test;

/** What each scenario promises stands in {@link Rfc8867}; here with one seed. */
class Rfc8867Test {
  private static final long SEED = 1;

  @Test
  void variableCapacity() {
    Rfc8867.variableCapacity(SEED);
  }

  @Test
  void variableCapacityOfTwo() {
    Rfc8867.variableCapacityOfTwo(SEED);
  }

  @Test
  void congestedFeedback() {
    Rfc8867.congestedFeedback(SEED);
  }

  @Test
  void competingMedia() {
    Rfc8867.competingMedia(SEED);
  }

  @Test
  void roundTripFairness() {
    Rfc8867.roundTripFairness(SEED);
  }

  @Test
  void longTcp() {
    Rfc8867.longTcp(SEED);
  }

  @Test
  void shortTcp() {
    Rfc8867.shortTcp(SEED);
  }

  @Test
  void pauseAndResume() {
    Rfc8867.pauseAndResume(SEED);
  }

  @Test
  void jitterAndRandomLoss() {
    Rfc8867.jitterAndRandomLoss(SEED);
  }
}
