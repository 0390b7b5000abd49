package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.Consumer;

/** Marks and results as JSON lines. */
final class BenchOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<ObjectNode> lines;

  BenchOutput(Consumer<ObjectNode> lines) {
    this.lines = lines;
  }

  void mark(String name) {
    lines.accept(mark().put("name", name));
  }

  void memoryMark(int pairs) {
    lines.accept(mark().put("name", "mem").put("n", pairs));
  }

  private static ObjectNode mark() {
    return JSON.createObjectNode().put("type", "mark");
  }

  void result(ObjectNode result) {
    lines.accept(result);
  }

  static ObjectNode result(String benchCase) {
    return JSON.createObjectNode().put("type", "result").put("case", benchCase);
  }

  /** Adds the percentiles of {@code values}. */
  static ObjectNode distribution(ObjectNode result, String unit, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return result
        .put("unit", unit)
        .put("n", sorted.length)
        .put("p50", percentile(sorted, 0.50))
        .put("p90", percentile(sorted, 0.90))
        .put("p99", percentile(sorted, 0.99))
        .put("min", percentile(sorted, 0))
        .put("max", percentile(sorted, 1));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }
}
