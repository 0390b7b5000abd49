package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results as one SVG: for each thing that was measured a panel with bars, a bar for each place;
 * where there are percentiles, their curves below.
 */
final class BenchPlot {
  private static final int WIDTH = 760;
  private static final int LEFT = 220;
  private static final int RIGHT = 130;
  private static final int BAR = 16;
  private static final int CURVE_HEIGHT = 140;

  /** The slowest hundredth would flatten all the rest. */
  private static final double LARGEST_DRAWN_QUANTILE = 0.99;

  private static final Map<String, String> COLOURS =
      Map.of("one-loop", "#2f7ed8", "two-loops", "#8a5fbf", "two-processes", "#2e9e6b");

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #555 }
      .title { font-weight: 600 }
      polyline { fill: none; stroke-width: 2 }
      .axis { stroke: #8888 }
      @media (prefers-color-scheme: dark) { text { fill: #bbb } }
      </style>
      """;

  private final Map<String, List<ObjectNode>> panels = new LinkedHashMap<>();

  void add(ObjectNode result) {
    panels.computeIfAbsent(BenchTable.title(result), title -> new ArrayList<>()).add(result);
  }

  String svg() {
    StringBuilder parts = new StringBuilder();
    int y = 0;
    for (Map.Entry<String, List<ObjectNode>> panel : panels.entrySet()) {
      y = panel(parts, y, panel.getKey(), panel.getValue());
    }
    String open =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"purertc bench\">%n";
    return text(open, WIDTH, Math.max(y, BAR)) + STYLE + parts + "</svg>\n";
  }

  /** Draws from {@code top} on and says where it ends. */
  private static int panel(StringBuilder out, int top, String title, List<ObjectNode> results) {
    int y = top + 20;
    out.append(text("<text class=\"title\" x=\"8\" y=\"%d\">%s</text>%n", y, escaped(title)));
    y += 10;
    for (Figure figure : Figure.of(results.get(0))) {
      double largest = results.stream().mapToDouble(figure::in).max().orElse(0);
      for (ObjectNode result : results) {
        bar(out, y, figure, result, largest > 0 ? figure.in(result) / largest : 0);
        y += BAR + 2;
      }
      y += 6;
    }
    return results.get(0).has("quantiles") ? curves(out, y, results) : y + 6;
  }

  private static void bar(
      StringBuilder out, int y, Figure figure, ObjectNode result, double share) {
    String place = result.path("placement").asText();
    double width = Math.max(1, share * (WIDTH - LEFT - RIGHT));
    out.append(text("<text x=\"8\" y=\"%d\">%s</text>%n", y + 13, place + figure.suffix));
    out.append(
        text(
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LEFT, y, width, BAR, colour(place)));
    String value = text(figure.format, figure.in(result));
    out.append(text("<text x=\"%.1f\" y=\"%d\">%s</text>%n", LEFT + width + 6, y + 13, value));
  }

  /** From left to right the share of all round trips or set-ups, upwards how long they take. */
  private static int curves(StringBuilder out, int top, List<ObjectNode> results) {
    double largest = results.stream().mapToDouble(it -> it.path("p99").asDouble()).max().orElse(0);
    int bottom = top + CURVE_HEIGHT;
    for (ObjectNode result : results) {
      StringBuilder points = new StringBuilder();
      for (JsonNode quantile : result.path("quantiles")) {
        double share = quantile.path("q").asDouble();
        double height = quantile.path("value").asDouble() / Math.max(largest, Double.MIN_NORMAL);
        if (share <= LARGEST_DRAWN_QUANTILE) {
          double x = LEFT + share * (WIDTH - LEFT - RIGHT);
          points.append(text("%.1f,%.1f ", x, bottom - height * CURVE_HEIGHT));
        }
      }
      String colour = colour(result.path("placement").asText());
      out.append(text("<polyline stroke=\"%s\" points=\"%s\"/>%n", colour, points));
    }
    int right = WIDTH - RIGHT;
    String line = "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n";
    out.append(text(line, LEFT, bottom, right, bottom)).append(text(line, LEFT, top, LEFT, bottom));
    String unit = results.get(0).path("unit").asText();
    out.append(text("<text x=\"8\" y=\"%d\">%.1f %s</text>%n", top + 10, largest, unit));
    out.append(text("<text x=\"%d\" y=\"%d\">fastest</text>%n", LEFT, bottom + 16));
    out.append(text("<text x=\"%d\" y=\"%d\">p99</text>%n", right - 20, bottom + 16));
    return bottom + 30;
  }

  private static String colour(String placement) {
    return COLOURS.getOrDefault(placement, "#888888");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * What a bar shows.
   *
   * @param field of the result
   * @param suffix of the bar's name
   * @param format of its value
   */
  private record Figure(String field, String suffix, String format) {

    /** The figures that count for a case, by its fields. */
    static List<Figure> of(ObjectNode result) {
      String unit = " " + result.path("unit").asText();
      return switch (result.path("case").asText()) {
        case "throughput" -> List.of(new Figure("MBps", "", "%,.1f MB/s"));
        case "msgrate" -> List.of(new Figure("msgps", "", "%,.0f messages/s"));
        case "idle" ->
            List.of(
                new Figure("heapPerPeerKb", ", heap of a peer", "%,.1f KB"),
                new Figure("pssPerPairKb", ", PSS of a pair", "%,.1f KB"));
        default ->
            List.of(
                new Figure("p50", ", p50", "%,.2f" + unit),
                new Figure("p99", ", p99", "%,.2f" + unit));
      };
    }

    double in(ObjectNode result) {
      return result.path(field).asDouble();
    }
  }
}
