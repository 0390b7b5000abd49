package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Several runs of one measurement as one result. */
final class Medians {
  private Medians() {}

  /**
   * The median of each number, and under {@code spread} the least and the largest of each number
   * that differs. With an even number of runs the lower of the two in the middle.
   */
  static ObjectNode of(List<ObjectNode> runs) {
    ObjectNode result = runs.get(0).deepCopy();
    ObjectNode spread = BenchOutput.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : runs.get(0).properties()) {
      String name = field.getKey();
      if (field.getValue().isNumber()) {
        List<JsonNode> sorted = sorted(runs.stream().map(it -> it.path(name)).toList());
        result.set(name, median(sorted));
        if (!sorted.get(0).equals(sorted.get(sorted.size() - 1))) {
          spread.putArray(name).add(sorted.get(0)).add(sorted.get(sorted.size() - 1));
        }
      } else if (field.getValue() instanceof ArrayNode quantiles) {
        result.set(name, quantiles(name, quantiles, runs));
      }
    }
    result.put("runs", runs.size());
    result.set("spread", spread);
    return result;
  }

  private static ArrayNode quantiles(String name, ArrayNode first, List<ObjectNode> runs) {
    ArrayNode medians = first.deepCopy();
    for (int i = 0; i < first.size(); i++) {
      int at = i;
      List<JsonNode> values =
          runs.stream().map(it -> it.path(name).path(at).path("value")).toList();
      ((ObjectNode) medians.get(i)).set("value", median(sorted(values)));
    }
    return medians;
  }

  private static List<JsonNode> sorted(List<JsonNode> values) {
    return values.stream()
        .filter(JsonNode::isNumber)
        .sorted((one, other) -> Double.compare(one.asDouble(), other.asDouble()))
        .toList();
  }

  private static JsonNode median(List<JsonNode> sorted) {
    return sorted.get((sorted.size() - 1) / 2);
  }
}
