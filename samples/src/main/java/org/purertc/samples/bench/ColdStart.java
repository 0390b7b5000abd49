package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

/** The first connection of a JVM, certificate and loading of classes included. */
final class ColdStart {
  private static final String FIRST = "firstMs";
  private static final String JVM_START = "jvmStartMs";
  private static final String OTHERS = "otherCpuPercent";

  private ColdStart() {}

  /** The first and only one of this JVM; the time that the JVM took to come here stands apart. */
  static ObjectNode measure(Supplier<PeerSource> source, BenchOutput output) {
    long jvmStartMs =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    output.start();
    long startNs = System.nanoTime();
    try (PeerSource peers = source.get();
        BenchPair pair =
            BenchPair.connect(new BenchPlace(peers, null), channel -> {}, channel -> {})) {
      pair.offererChannel();
      double millis = (System.nanoTime() - startNs) / 1e6;
      output.end();
      return BenchOutput.result(BenchCase.CONNECT).put(FIRST, millis).put(JVM_START, jvmStartMs);
    }
  }

  /** What several JVMs told. */
  static ObjectNode distribution(List<ObjectNode> starts) {
    double[] millis = starts.stream().mapToDouble(it -> it.path(FIRST).asDouble()).toArray();
    ObjectNode result =
        BenchOutput.distribution(BenchOutput.result(BenchCase.CONNECT), "ms", millis);
    ObjectNode medians = Medians.of(starts);
    result.set(JVM_START, medians.path(JVM_START));
    if (medians.has(OTHERS)) {
      result.set(OTHERS, medians.path(OTHERS));
    }
    return result;
  }
}
