package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;

/**
 * What this process holds after it has settled.
 *
 * @param pssKb negative where the system does not tell
 */
record Footprint(long heapBytes, long pssKb, int threads) {

  private static final long SETTLE_MS = 2_000;

  /** Waits for the dust to settle, collects garbage and looks. */
  static Footprint settled() throws InterruptedException {
    Thread.sleep(SETTLE_MS);
    System.gc();
    // What closes or cleans up after the first collection.
    Thread.sleep(SETTLE_MS / 4);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(
        runtime.totalMemory() - runtime.freeMemory(),
        ProcFiles.pssKb(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  double heapKbSince(Footprint base) {
    return (heapBytes - base.heapBytes) / 1024.0;
  }

  double pssKbSince(Footprint base) {
    return pssKb - base.pssKb;
  }

  /** The threads and, over a window of time, the CPU of this process at rest. */
  void putIdle(ObjectNode result, Footprint base, BenchOptions options, BenchOutput output)
      throws InterruptedException {
    result.put("threads", threads).put("threadsMore", threads - base.threads);
    output.start();
    ResourceUse before = ResourceUse.now(null);
    Thread.sleep(options.window().measureNs() / 1_000_000);
    result.put("idleCpuPercent", ResourceUse.now(null).ownCpuPercent(before));
    output.end();
  }
}
