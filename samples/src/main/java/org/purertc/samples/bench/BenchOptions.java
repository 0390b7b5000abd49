package org.purertc.samples.bench;

/**
 * What a case needs to know.
 *
 * @param sizeBytes of a message
 * @param highWaterBytes the offerer keeps no more than this in the channel
 * @param window of the cases that count over time
 * @param rounds of the cases that repeat
 */
record BenchOptions(int sizeBytes, long highWaterBytes, Window window, Rounds rounds) {

  /**
   * A span of time.
   *
   * @param warmNs before it is measured
   * @param measureNs its length
   */
  record Window(long warmNs, long measureNs) {}

  /**
   * Round trips, set-ups or pairs.
   *
   * @param unmeasured so many first
   * @param count so many then
   */
  record Rounds(int unmeasured, int count) {}
}
