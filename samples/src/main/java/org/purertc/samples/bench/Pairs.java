package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The cases that make pairs: {@code connect} and {@code idle}. */
final class Pairs {
  /** The idle case measures the growth from so many pairs on. */
  private static final int BASE_PAIRS = 5;

  private Pairs() {}

  /** One pair after the other, from new to both channels open, then closed. */
  static ObjectNode connect(BenchPlace place, BenchOptions.Rounds rounds, BenchOutput output) {
    double[] millis = new double[rounds.count()];
    ResourceUse before = ResourceUse.now(null);
    for (int i = -rounds.unmeasured(); i < millis.length; i++) {
      if (i == 0) {
        output.start();
        before = ResourceUse.now(null);
      }
      long startNs = System.nanoTime();
      try (BenchPair pair = open(place)) {
        pair.offererChannel();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - startNs) / 1e6;
        }
      }
    }
    output.end();
    double cpuMs = ResourceUse.now(null).ownCpuMillis(before);
    return BenchOutput.distribution(BenchOutput.result(BenchCase.CONNECT), "ms", millis)
        .put("cpuMsPerPeer", cpuMs / millis.length / 2);
  }

  private static BenchPair open(BenchPlace place) {
    return BenchPair.connect(place, channel -> {}, channel -> {});
  }

  /**
   * What idle pairs cost; the marks let a harness read the whole process. Before, pairs come and
   * go, so that it is the pairs that grow and not a young JVM.
   */
  static ObjectNode idle(BenchPlace place, BenchOptions options, BenchOutput output)
      throws InterruptedException {
    for (int i = 0; i < options.rounds().unmeasured(); i++) {
      open(place).close();
    }
    int count = options.rounds().count();
    List<BenchPair> pairs = new ArrayList<>();
    try {
      Footprint base = grow(place, pairs, BASE_PAIRS, output);
      Footprint full = grow(place, pairs, BASE_PAIRS + count, output);
      ObjectNode result =
          BenchOutput.result(BenchCase.IDLE)
              .put("pairs", count)
              .put("heapPerPeerKb", full.heapKbSince(base) / count / 2);
      if (full.pssKb() >= 0) {
        result.put("pssPerPairKb", full.pssKbSince(base) / count);
      }
      full.putIdle(result, base, options, output);
      return result;
    } finally {
      pairs.forEach(BenchPair::close);
    }
  }

  private static Footprint grow(BenchPlace place, List<BenchPair> pairs, int to, BenchOutput output)
      throws InterruptedException {
    while (pairs.size() < to) {
      pairs.add(open(place));
    }
    Footprint footprint = Footprint.settled();
    output.memoryMark(to);
    return footprint;
  }
}
