package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.purertc.PeerConnectionFactory;

/** The cases that make pairs: {@code connect} and {@code memory}. */
final class Pairs {
  private static final int UNMEASURED = 3;

  /** The memory case measures the growth from so many pairs on. */
  private static final int BASE_PAIRS = 5;

  private static final long SETTLE_MS = 2_000;

  private Pairs() {}

  /** One pair after the other, from new to both channels open. */
  static ObjectNode connect(PeerConnectionFactory factory, int count) {
    double[] millis = new double[count];
    for (int i = -UNMEASURED; i < count; i++) {
      long startNs = System.nanoTime();
      try (BenchPair pair = open(factory)) {
        pair.offererChannel();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - startNs) / 1e6;
        }
      }
    }
    return BenchOutput.distribution(BenchOutput.result("connect"), "ms", millis);
  }

  private static BenchPair open(PeerConnectionFactory factory) {
    return BenchPair.connect(factory, channel -> {}, channel -> {});
  }

  /** Heap of idle pairs; the marks let the harness read the whole process. */
  static ObjectNode memory(PeerConnectionFactory factory, int count, BenchOutput output)
      throws InterruptedException {
    List<BenchPair> pairs = new ArrayList<>();
    try {
      long baseBytes = grow(factory, pairs, BASE_PAIRS, output);
      int baseThreads = Thread.activeCount();
      long fullBytes = grow(factory, pairs, BASE_PAIRS + count, output);
      return BenchOutput.result("memory")
          .put("pairs", count)
          .put("heapKBPerPeer", (fullBytes - baseBytes) / 1024.0 / count / 2)
          .put("threadsMore", Thread.activeCount() - baseThreads);
    } finally {
      pairs.forEach(BenchPair::close);
    }
  }

  private static long grow(
      PeerConnectionFactory factory, List<BenchPair> pairs, int to, BenchOutput output)
      throws InterruptedException {
    while (pairs.size() < to) {
      pairs.add(open(factory));
    }
    Thread.sleep(SETTLE_MS);
    System.gc();
    Thread.sleep(SETTLE_MS / 4);
    Runtime runtime = Runtime.getRuntime();
    long usedBytes = runtime.totalMemory() - runtime.freeMemory();
    output.memoryMark(to);
    return usedBytes;
  }
}
