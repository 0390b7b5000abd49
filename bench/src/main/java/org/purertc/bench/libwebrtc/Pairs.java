package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The cases that make pairs: {@code connect} and {@code memory}. */
final class Pairs {
  private static final int BASE_PAIRS = 5;

  /** Come and go before memory is read, as in our own driver: a young JVM grows by itself. */
  private static final int PAIRS_BEFORE = 100;

  private static final long SETTLE_MS = 2_000;

  /** Between two pairs, so that closing one is not measured with the next. */
  private static final long PAUSE_MS = 20;

  private Pairs() {}

  static ObjectNode connect(LibWebRtcFactory factory, int unmeasured, int count)
      throws InterruptedException {
    double[] millis = new double[count];
    for (int i = -unmeasured; i < count; i++) {
      long startNs = System.nanoTime();
      try (BenchPair pair = BenchPair.start(factory, null)) {
        pair.awaitOpen();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - startNs) / 1e6;
        }
      }
      Thread.sleep(PAUSE_MS);
    }
    return BenchLines.distribution(BenchLines.result("connect"), "ms", millis);
  }

  static ObjectNode memory(LibWebRtcFactory factory, int count, BenchLines lines)
      throws InterruptedException {
    for (int i = 0; i < PAIRS_BEFORE; i++) {
      BenchPair.start(factory, null).awaitOpen().close();
    }
    List<BenchPair> pairs = new ArrayList<>();
    for (int all : new int[] {BASE_PAIRS, BASE_PAIRS + count}) {
      while (pairs.size() < all) {
        pairs.add(BenchPair.start(factory, null).awaitOpen());
      }
      Thread.sleep(SETTLE_MS);
      System.gc();
      Thread.sleep(SETTLE_MS / 4);
      lines.memoryMark(all);
      // The harness reads the process now.
      Thread.sleep(SETTLE_MS / 4);
    }
    pairs.forEach(BenchPair::close);
    return BenchLines.result("memory").put("pairs", count);
  }
}
