package org.purertc.samples.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table.
 *
 * @param benchCase what
 * @param sizeBytes of a message, 0 where there is none
 * @param placement where the ends are
 * @param cold each set-up in a fresh JVM
 */
record Measurement(BenchCase benchCase, int sizeBytes, Placement placement, boolean cold) {

  /** All measurements of a case at these places, one for each size. */
  static List<Measurement> of(BenchCase benchCase, List<Integer> sizes, List<Placement> places) {
    List<Measurement> all = new ArrayList<>();
    for (int size : sizes) {
      for (Placement place : places) {
        boolean possible =
            benchCase.sendsMessages()
                || benchCase.echoesMedia() && place == Placement.TWO_PROCESSES
                || place == Placement.ONE_LOOP && !benchCase.echoesMedia()
                || place == Placement.TWO_LOOPS && benchCase == BenchCase.CONNECT;
        if (possible) {
          all.add(new Measurement(benchCase, size, place, false));
        }
      }
    }
    return all;
  }

  /** Whether it needs a JVM that has done nothing else, because it measures the JVM itself. */
  boolean freshJvm() {
    return cold || benchCase == BenchCase.IDLE && !isCrowd();
  }

  /** Whether it is about many peers on one port, whose other ends are in another process. */
  boolean isCrowd() {
    return benchCase == BenchCase.IDLE && placement == Placement.TWO_PROCESSES;
  }
}
