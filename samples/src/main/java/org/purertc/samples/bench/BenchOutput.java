package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.Consumer;

/** Marks and results as JSON lines. */
final class BenchOutput {
  static final ObjectMapper JSON = new ObjectMapper();

  /** In thousandths: enough to draw a distribution, ends included. */
  private static final int[] QUANTILES = {
    0, 10, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 990, 999, 1_000
  };

  private final Consumer<ObjectNode> lines;

  BenchOutput(Consumer<ObjectNode> lines) {
    this.lines = lines;
  }

  /** The measuring window begins. */
  void start() {
    lines.accept(mark("start"));
  }

  /** The measuring window is over. */
  void end() {
    lines.accept(mark("end"));
  }

  void memoryMark(int pairs) {
    lines.accept(mark("mem").put("n", pairs));
  }

  private static ObjectNode mark(String name) {
    return JSON.createObjectNode().put("type", "mark").put("name", name);
  }

  void result(ObjectNode result) {
    lines.accept(result);
  }

  static ObjectNode result(BenchCase benchCase) {
    return JSON.createObjectNode().put("type", "result").put("case", benchCase.label());
  }

  /** Adds the percentiles of {@code values}. */
  static ObjectNode distribution(ObjectNode result, String unit, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    result
        .put("unit", unit)
        .put("n", sorted.length)
        .put("p50", percentile(sorted, 0.50))
        .put("p90", percentile(sorted, 0.90))
        .put("p99", percentile(sorted, 0.99))
        .put("min", percentile(sorted, 0))
        .put("max", percentile(sorted, 1));
    ArrayNode quantiles = result.putArray("quantiles");
    for (int thousandths : QUANTILES) {
      double share = thousandths / 1_000.0;
      quantiles.addObject().put("q", share).put("value", percentile(sorted, share));
    }
    return result;
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }
}
