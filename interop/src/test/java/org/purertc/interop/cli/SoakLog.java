package org.purertc.interop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Java process holds, over time: measured, written as CSV and drawn as SVG. */
final class SoakLog {
  static final int HEAP_KB = 1;
  static final int THREADS = 2;
  static final int DESCRIPTORS = 3;

  private static final String HEADER = "seconds,heapKb,threads,descriptors\n";
  private static final String[] NAMES = {"", "heap after collection, kB", "threads", "descriptors"};
  private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");
  private static final int WIDTH = 760;
  private static final int HEIGHT = 120;

  private final Path directory;
  private final List<double[]> rows = new ArrayList<>();
  private final long startNs = System.nanoTime();

  SoakLog(Path directory) {
    this.directory = directory;
  }

  void sample(long pid) throws IOException {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    double heapKb = 0;
    while (used.find()) {
      heapKb += Long.parseLong(used.group(1));
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    rows.add(new double[] {seconds, heapKb, count(pid, "task"), count(pid, "fd")});
  }

  private static long count(long pid, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
      return entries.count();
    }
  }

  private static String jcmd(long pid, String command) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(tool.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("jcmd " + command + ": " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The median of the last quarter minus that of the second. */
  double growth(int column) {
    int quarter = rows.size() / 4;
    return median(column, rows.size() - quarter, rows.size())
        - median(column, quarter, 2 * quarter);
  }

  private double median(int column, int from, int to) {
    double[] values =
        rows.subList(from, to).stream().mapToDouble(row -> row[column]).sorted().toArray();
    return values[values.length / 2];
  }

  void write() throws IOException {
    Files.createDirectories(directory);
    StringBuilder csv = new StringBuilder(HEADER);
    for (double[] row : rows) {
      csv.append(
          String.format(Locale.ROOT, "%.1f,%.0f,%.0f,%.0f%n", row[0], row[1], row[2], row[3]));
    }
    Files.writeString(directory.resolve("soak.csv"), csv);
    Files.writeString(directory.resolve("soak.svg"), svg());
  }

  private String svg() {
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                    + " aria-label=\"soak\">%n<style>text { font: 13px system-ui, sans-serif;"
                    + " fill: #777 } polyline { fill: none; stroke: #2f7ed8 }</style>%n",
                WIDTH,
                HEIGHT * (NAMES.length - 1)));
    for (int column = 1; column < NAMES.length; column++) {
      panel(svg, column, HEIGHT * (column - 1));
    }
    return svg.append("</svg>\n").toString();
  }

  private void panel(StringBuilder svg, int column, int top) {
    double largest = rows.stream().mapToDouble(row -> row[column]).max().orElse(1);
    double lastSeconds = rows.get(rows.size() - 1)[0];
    StringBuilder points = new StringBuilder();
    for (double[] row : rows) {
      double x = WIDTH * row[0] / lastSeconds;
      double y = top + HEIGHT - (HEIGHT - 30) * row[column] / largest;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"4\" y=\"%d\">%s, 0 to %.0f, over %.0f s</text>%n<polyline points=\"%s\"/>%n",
            top + 16,
            NAMES[column],
            largest,
            lastSeconds,
            points));
  }
}
