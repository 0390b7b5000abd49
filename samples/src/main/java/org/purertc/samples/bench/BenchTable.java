package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results for people: a line each, a heading above those that belong together. */
final class BenchTable {
  /** More than this of the machine used by others makes figures doubtful. */
  static final double MOST_OTHER_CPU_PERCENT = 5;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("MBps", "MB/s", 1),
          new Column("msgps", "messages/s", 0),
          new Column("cpuSecondsPerGB", "CPU s/GB", 2),
          new Column("allocatedBytesPerMessage", "alloc B/msg", 0),
          new Column("allocatedBytesPerPacket", "alloc B/packet", 0),
          new Column("p50", "p50", 2),
          new Column("p90", "p90", 2),
          new Column("p99", "p99", 2),
          new Column("min", "min", 2),
          new Column("max", "max", 2),
          new Column("cpuMsPerPeer", "CPU ms/peer", 2),
          new Column("jvmStartMs", "JVM start ms", 0),
          new Column("heapPerPeerKb", "heap KB/peer", 1),
          new Column("setupsPerSecond", "set-ups/s", 1),
          new Column("failedPairs", "failed", 0),
          new Column("pssPerPeerKb", "PSS KB/peer", 1),
          new Column("pssPerPairKb", "PSS KB/pair", 1),
          new Column("threads", "threads", 0),
          new Column("threadsMore", "more threads", 0),
          new Column("idleCpuPercent", "idle CPU %", 2),
          new Column("cpuPercentPerCall", "CPU %/call", 2),
          new Column("allocatedBytesPerFrame", "alloc B/frame", 0),
          new Column("lostFrames", "lost frames", 0),
          new Column("relayCeilingPerSecond", "relay's ceiling/s", 0),
          new Column("otherCpuPercent", "other CPU %", 1));

  private String title = "";

  /** The lines for one more result; each figure with its least and largest of several runs. */
  String add(ObjectNode result) {
    List<String> heading = new ArrayList<>(List.of(String.format(Locale.ROOT, "%-14s", "ends")));
    List<String> row =
        new ArrayList<>(
            List.of(String.format(Locale.ROOT, "%-14s", result.path("placement").asText())));
    for (Column column : COLUMNS) {
      if (result.path(column.field).isNumber()) {
        String text = column.text(result);
        int width = Math.max(column.heading.length(), result.path("runs").asInt() > 1 ? 24 : 10);
        heading.add(String.format(Locale.ROOT, "%" + width + "s", column.heading));
        row.add(String.format(Locale.ROOT, "%" + width + "s", text));
      }
    }
    String line = String.join("  ", row) + System.lineSeparator();
    String next = title(result);
    if (next.equals(title)) {
      return line;
    }
    String gap = title.isEmpty() ? "" : System.lineSeparator();
    title = next;
    return String.join(System.lineSeparator(), gap + next, String.join("  ", heading), line);
  }

  /** What was measured, without where. */
  static String title(ObjectNode result) {
    StringBuilder title = new StringBuilder(result.path("case").asText());
    String unit = result.path("unit").asText();
    append(title, " ", result.path("mode").asText(), "");
    append(title, ", ", result.path("size").asText(), " B");
    append(title, ", ", result.path("pairs").asText(), " pairs");
    append(title, ", ", result.path("calls").asText(), " calls");
    append(title, ", ", unit, "");
    append(title, ", callbacks on the ", result.path("callbacks").asText(), "");
    if (result.has("rttMs")) {
      append(title, ", RTT ", result.path("rttMs").asText(), " ms");
      append(title, ", loss ", result.path("lossPercent").asText(), " %");
    }
    return title.toString();
  }

  private static void append(StringBuilder title, String before, String text, String after) {
    if (!text.isEmpty()) {
      title.append(before).append(text).append(after);
    }
  }

  private record Column(String field, String heading, int decimals) {
    String text(ObjectNode result) {
      JsonNode spread = result.path("spread").path(field);
      String median = number(result.path(field));
      return spread.isEmpty()
          ? median
          : median + " (" + number(spread.path(0)) + "–" + number(spread.path(1)) + ")";
    }

    private String number(JsonNode value) {
      return String.format(Locale.ROOT, "%,." + decimals + "f", value.asDouble());
    }
  }
}
