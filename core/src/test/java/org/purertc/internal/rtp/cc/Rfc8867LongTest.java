package org.purertc.internal.rtp.cc;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each scenario promises stands in {@link Rfc8867}; here with 20 seeds. */
@Tag("long")
class Rfc8867LongTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void variableCapacity(long seed) {
    Rfc8867.variableCapacity(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void variableCapacityOfTwo(long seed) {
    Rfc8867.variableCapacityOfTwo(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void congestedFeedback(long seed) {
    Rfc8867.congestedFeedback(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void competingMedia(long seed) {
    Rfc8867.competingMedia(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void roundTripFairness(long seed) {
    Rfc8867.roundTripFairness(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void longTcp(long seed) {
    Rfc8867.longTcp(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shortTcp(long seed) {
    Rfc8867.shortTcp(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pauseAndResume(long seed) {
    Rfc8867.pauseAndResume(seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void jitterAndRandomLoss(long seed) {
    Rfc8867.jitterAndRandomLoss(seed);
  }
}
