package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Arrays;

/** Marks and results as JSON lines, with the same percentiles as {@code purertc bench}. */
final class BenchLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  BenchLines(PrintStream out) {
    this.out = out;
  }

  static ObjectNode result(String benchCase) {
    return JSON.createObjectNode().put("type", "result").put("case", benchCase);
  }

  void mark(String name) {
    print(JSON.createObjectNode().put("type", "mark").put("name", name));
  }

  void memoryMark(int pairs) {
    print(JSON.createObjectNode().put("type", "mark").put("name", "mem").put("n", pairs));
  }

  void print(ObjectNode line) {
    print(line.toString());
  }

  synchronized void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Adds the percentiles of {@code values}. */
  static ObjectNode distribution(ObjectNode result, String unit, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return result
        .put("unit", unit)
        .put("n", sorted.length)
        .put("p50", sorted[sorted.length / 2])
        .put("p90", sorted[Math.min(last, (int) (sorted.length * 0.90))])
        .put("p99", sorted[Math.min(last, (int) (sorted.length * 0.99))])
        .put("min", sorted[0])
        .put("max", sorted[last]);
  }
}
