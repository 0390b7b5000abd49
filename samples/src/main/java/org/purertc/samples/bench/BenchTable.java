package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** A result for people. */
final class BenchTable {
  private static final Map<String, String> NAMES =
      Map.of(
          "MBps", "MB/s",
          "msgps", "messages/s",
          "secs", "seconds",
          "msgs", "messages",
          "heapKBPerPeer", "heap KB per peer",
          "threadsMore", "threads more");

  private BenchTable() {}

  static String of(ObjectNode result) {
    StringBuilder table = new StringBuilder();
    result
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("type")) {
                String name = NAMES.getOrDefault(field.getKey(), field.getKey());
                table.append(
                    String.format(Locale.ROOT, "%-18s %s%n", name, value(field.getValue())));
              }
            });
    return table.toString();
  }

  private static String value(JsonNode value) {
    return value.isDouble() ? String.format(Locale.ROOT, "%.2f", value.asDouble()) : value.asText();
  }
}
