package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.terminal.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code purertc bench}; docs/bench.md names the fields of its results. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures data channels and echoed media between two ends on loopback.",
      "With --role it is one end for a harness: JSON lines on standard input and output."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";

  /** Which ends run here. */
  enum Role {
    both,
    offer,
    answer
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CASE",
      description = "throughput, msgrate, pingpong, connect, idle, audio, video or all.")
  private @Nullable String positionalCase;

  @Option(names = "--case", paramLabel = "CASE", description = "The same, for a harness.")
  private @Nullable String namedCase;

  @Option(names = "--role", description = "both, offer or answer: for a harness.")
  private @Nullable Role role;

  @Option(names = "--loopback", description = "With --role: candidates of loopback only.")
  private boolean loopbackOnly;

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Times; the median is printed.")
  private int runs;

  @Option(names = "--json", description = "Each result as one JSON object.")
  private boolean json;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draws the results, too.")
  private @Nullable Path svg;

  @Unmatched private @Nullable List<String> ignored;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** {@code bench} alone, as the process of the other end. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setExecutionExceptionHandler(
                (thrown, command, parsed) -> {
                  command.getErr().println("purertc bench, other process: " + thrown.getMessage());
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = namedCase != null ? namedCase : positionalCase;
    BenchCase benchCase = name == null ? null : BenchCase.of(name);
    ArgumentCheck check = new ArgumentCheck(spec);
    check.that(
        benchCase != null || ALL.equals(name) && role == null,
        "the case is one of throughput, msgrate, pingpong, connect, idle, audio, video, all");
    // A harness may say more than this version knows.
    check.that(role != null || ignored == null, "unknown option " + ignored);
    check.that(runs >= 1 && runs <= 1_000, "--runs is 1 to 1000");
    traffic.check(check);
    place.check(check);
    if (role == null) {
      List<Measurement> measurements = measurements(benchCase);
      check.that(!measurements.isEmpty(), "this case cannot be measured with these options");
      measure(measurements);
    } else if (benchCase != null) {
      play(role, benchCase);
    }
    return 0;
  }

  private List<Measurement> measurements(@Nullable BenchCase only) {
    List<Measurement> all = new ArrayList<>();
    for (BenchCase benchCase : only == null ? List.of(BenchCase.values()) : List.of(only)) {
      all.addAll(place.measurements(benchCase, traffic.sizes(benchCase)));
    }
    return all;
  }

  /** A case, or all, for people and programs. */
  private void measure(List<Measurement> measurements) throws IOException, InterruptedException {
    BenchTable table = new BenchTable();
    BenchPlot plot = new BenchPlot();
    draw(plot); // what cannot be written is told now, not after minutes
    BenchSettings settings =
        new BenchSettings(
            traffic::of, place.callbacksOnLoop(), place.network(), place.sharedPort(), runs);
    new BenchSuite(
            settings,
            result -> {
              print(result, table);
              plot.add(result);
            })
        .run(measurements);
    draw(plot);
  }

  private void draw(BenchPlot plot) {
    if (svg == null) {
      return;
    }
    try {
      Files.writeString(svg, plot.svg());
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + svg + ": " + e);
    }
  }

  private void print(ObjectNode result, BenchTable table) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? result + System.lineSeparator() : table.add(result));
    out.flush();
    double others = result.path("otherCpuPercent").asDouble();
    if (others > BenchTable.MOST_OTHER_CPU_PERCENT) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "purertc bench: other processes used %.0f %% of the CPU: measure again without them%n",
          others);
      err.flush();
    }
  }

  /** One end, or both, for a harness. */
  private void play(Role ends, BenchCase benchCase) throws InterruptedException {
    int size = traffic.sizes(benchCase).get(0);
    BenchOptions options =
        traffic.of(new Measurement(benchCase, size, Placement.ONE_LOOP, place.cold()));
    UsedWindow window = new UsedWindow(null);
    BenchOutput output = new BenchOutput(line -> print(line, window));
    boolean loopback = ends == Role.both || loopbackOnly;
    if (place.cold()) {
      ObjectNode first = ColdStart.measure(() -> place.peers(loopback), output);
      window.describe(first);
      output.result(first);
      return;
    }
    try (PeerSource peers = place.peers(loopback)) {
      BenchRun run = new BenchRun(new BenchPlace(peers, null), benchCase, options, output);
      if (ends == Role.both) {
        ObjectNode result = run.both();
        window.describe(result);
        output.result(result);
      } else {
        run.oneEnd(ends == Role.offer, this::print);
      }
    }
  }

  private void print(ObjectNode line, UsedWindow window) {
    window.accept(line);
    print(line.toString());
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
