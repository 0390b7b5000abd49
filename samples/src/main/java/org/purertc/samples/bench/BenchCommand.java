package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.relay.RelayUnits;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code purertc bench}.
 *
 * <p>With {@code --json} each measurement is one object a line, a median over {@code --runs}:
 *
 * <ul>
 *   <li>all: {@code type} ("result"), {@code case}, {@code placement} ("one-loop", "two-loops",
 *       "two-processes"), {@code callbacks} ("loop", "executor"), {@code runs}, {@code spread}
 *       (field to [least, largest] of the runs), {@code otherCpuPercent}
 *   <li>throughput, msgrate: {@code size}, {@code secs}, {@code bytes}, {@code msgs}, {@code MBps},
 *       {@code msgps}, {@code cpuSecondsPerGB}, {@code allocatedBytesPerMessage}, {@code
 *       allocatedBytesPerPacket}
 *   <li>pingpong ({@code unit} "us"), connect ("ms"): {@code n}, {@code p50}, {@code p90}, {@code
 *       p99}, {@code min}, {@code max}, {@code quantiles}; connect also {@code mode} ("warm",
 *       "cold") and, cold, {@code jvmStartMs}
 *   <li>idle: {@code pairs}, {@code heapPerPeerKb}, {@code pssPerPairKb}, {@code threads}, {@code
 *       threadsMore}, {@code idleCpuPercent}
 *   <li>through the relay: {@code rttMs}, {@code lossPercent}, {@code relayCeilingPerSecond}
 * </ul>
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures data channels between two ends on loopback.",
      "With --role it is one end for a harness: JSON lines on standard input and output."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";

  /** Messages of at most this size count as small: their default backlog is smaller. */
  private static final int SMALL_BYTES = 1_024;

  private static final int LARGEST_MESSAGE_BYTES = 256 << 10;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final double LONGEST_SECONDS = 3_600;

  /** Which ends run here. */
  enum Role {
    both,
    offer,
    answer
  }

  /** Where handlers run. */
  enum CallbackPlace {
    loop,
    executor
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CASE",
      description = "throughput, msgrate, pingpong, connect, idle or all.")
  private @Nullable String positionalCase;

  @Option(names = "--case", description = "The same, for a harness.")
  private @Nullable String namedCase;

  @Option(names = "--role", description = "both, offer or answer: for a harness.")
  private @Nullable Role role;

  @Option(names = "--size", description = "Bytes of a message.")
  private @Nullable Integer sizeBytes;

  @Option(names = "--warm", defaultValue = "2", description = "Seconds before measuring.")
  private double warmSeconds;

  @Option(names = "--secs", description = "Seconds of measuring.")
  private @Nullable Double measureSeconds;

  @Option(
      names = {"--count", "--pairs"},
      description = "Round trips, set-ups or pairs.")
  private @Nullable Integer count;

  @Option(names = "--unmeasured", description = "Round trips or set-ups before those.")
  private @Nullable Integer unmeasured;

  @Option(names = "--high", description = "Bytes that may wait in the channel.")
  private @Nullable Long highWaterBytes;

  @Option(names = "--cold", description = "connect: each set-up is the first one of a fresh JVM.")
  private boolean cold;

  @Option(names = "--processes", description = "1: both ends in one JVM (default); 2: one each.")
  private @Nullable Integer processes;

  @Option(names = "--loops", description = "Event loops of one JVM: 1 or 2 (default: both).")
  private @Nullable Integer loops;

  @Option(
      names = "--callbacks",
      defaultValue = "loop",
      description = "Where handlers run: loop or executor (default: ${DEFAULT-VALUE}).")
  private CallbackPlace callbacks = CallbackPlace.loop;

  @Option(
      names = "--rtt",
      converter = RelayUnits.Duration.class,
      description = "Round trip of a relay between the ends, e.g. 50ms.")
  private @Nullable Long rttNs;

  @Option(
      names = "--loss",
      converter = RelayUnits.Percent.class,
      description = "Share that the relay loses, e.g. 1%%.")
  private @Nullable Double loss;

  @Option(names = "--runs", defaultValue = "1", description = "Times; the median is printed.")
  private int runs;

  @Option(names = "--loopback", description = "With --role: candidates of loopback only.")
  private boolean loopbackOnly;

  @Option(names = "--json", description = "Each result as one JSON object.")
  private boolean json;

  @Unmatched private @Nullable List<String> ignored;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** {@code bench} alone, as the process of the other end. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = positionalCase != null ? positionalCase : namedCase;
    BenchCase benchCase = name == null ? null : BenchCase.of(name);
    require(
        benchCase != null || ALL.equals(name) && role == null,
        "the case is one of throughput, msgrate, pingpong, connect, idle, all");
    checkNumbers();
    if (role == null) {
      measure(benchCase);
    } else if (benchCase != null) {
      play(role, benchCase);
    }
    return 0;
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private void checkNumbers() {
    if (role == null && ignored != null) {
      throw new ParameterException(spec.commandLine(), "unknown option " + ignored.get(0));
    }
    require(
        sizeBytes == null || sizeBytes >= 1 && sizeBytes <= LARGEST_MESSAGE_BYTES,
        "--size is 1 to " + LARGEST_MESSAGE_BYTES);
    require(warmSeconds >= 0 && warmSeconds <= LONGEST_SECONDS, "--warm is 0 to 3600");
    require(
        measureSeconds == null || measureSeconds > 0 && measureSeconds <= LONGEST_SECONDS,
        "--secs is above 0, at most 3600");
    require(count == null || count >= 1 && count <= MOST_ROUNDS, "--count is 1 to " + MOST_ROUNDS);
    require(
        unmeasured == null || unmeasured >= 0 && unmeasured <= MOST_ROUNDS,
        "--unmeasured is 0 to " + MOST_ROUNDS);
    require(highWaterBytes == null || highWaterBytes >= 1, "--high is 1 or more");
    require(processes == null || processes == 1 || processes == 2, "--processes is 1 or 2");
    require(loops == null || loops == 1 || loops == 2, "--loops is 1 or 2");
    require(runs >= 1 && runs <= 1_000, "--runs is 1 to 1000");
  }

  /** One end, or both, for a harness. */
  private void play(Role ends, BenchCase benchCase) throws InterruptedException {
    BenchOptions options =
        options(benchCase, sizeBytes != null ? sizeBytes : benchCase.sizes().get(0));
    UsedWindow window = new UsedWindow(null);
    BenchOutput output = new BenchOutput(line -> print(line, window));
    boolean loopback = ends == Role.both || loopbackOnly;
    if (cold) {
      ObjectNode first = ColdStart.measure(() -> peers(loopback), output);
      window.describe(first);
      output.result(first);
      return;
    }
    try (PeerSource peers = peers(loopback)) {
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

  private PeerSource peers(boolean loopback) {
    return new PeerSource(loops == null ? 1 : loops, callbacks == CallbackPlace.loop, loopback);
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

  /** A case, or all, for people and programs. */
  private void measure(@Nullable BenchCase only) throws IOException, InterruptedException {
    List<Measurement> measurements = measurements(only);
    require(!measurements.isEmpty(), "this case cannot be measured with these options");
    NetworkConditions network =
        rttNs == null && loss == null
            ? null
            : new NetworkConditions(rttNs == null ? 0 : rttNs, loss == null ? 0 : loss);
    BenchSettings settings =
        new BenchSettings(this::options, callbacks == CallbackPlace.loop, network, runs);
    BenchTable table = new BenchTable();
    new BenchSuite(
            settings,
            result -> {
              print(result, table);
            })
        .run(measurements);
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

  private List<Measurement> measurements(@Nullable BenchCase only) {
    boolean relayed = rttNs != null || loss != null;
    List<Measurement> all = new ArrayList<>();
    for (BenchCase benchCase : only == null ? List.of(BenchCase.values()) : List.of(only)) {
      List<Integer> sizes =
          sizeBytes != null && benchCase.sendsMessages() ? List.of(sizeBytes) : benchCase.sizes();
      if (!cold) {
        all.addAll(Measurement.of(benchCase, sizes, placements(only == null)));
      }
      if (benchCase == BenchCase.CONNECT && (cold || only == null)) {
        all.add(new Measurement(benchCase, 0, Placement.ONE_LOOP, true));
      }
    }
    // A process of its own measures without the relay.
    all.removeIf(it -> relayed && it.freshJvm());
    return all;
  }

  private List<Placement> placements(boolean everywhere) {
    List<Placement> places = new ArrayList<>();
    if (processes == null || processes == 1) {
      if (loops == null || loops == 1) {
        places.add(Placement.ONE_LOOP);
      }
      if (loops == null || loops == 2) {
        places.add(Placement.TWO_LOOPS);
      }
    }
    if (processes == null ? everywhere : processes == 2) {
      places.add(Placement.TWO_PROCESSES);
    }
    return places;
  }

  private BenchOptions options(BenchCase benchCase, int size) {
    double seconds = measureSeconds != null ? measureSeconds : benchCase.standardSeconds();
    long high = highWaterBytes != null ? highWaterBytes : size <= SMALL_BYTES ? 256 << 10 : 4 << 20;
    return new BenchOptions(
        size,
        high,
        new BenchOptions.Window((long) (warmSeconds * 1e9), (long) (seconds * 1e9)),
        new BenchOptions.Rounds(
            unmeasured != null ? unmeasured : benchCase.standardUnmeasured(),
            count != null ? count : benchCase.standardCount()));
  }
}
