package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.terminal.NetworkOptions;
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
      "Measures data channels, both ends in this process and on loopback.",
      "With --role it is one end for a harness: JSON lines on standard input and output."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final List<String> CASES =
      List.of("throughput", "msgrate", "pingpong", "connect", "memory");

  /** Messages of at most this size count as small: their default backlog is smaller. */
  private static final int SMALL_BYTES = 1_024;

  /** Which ends run here. */
  enum Role {
    both,
    offer,
    answer
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CASE",
      description = "throughput, msgrate, pingpong, connect or memory.")
  private @Nullable String positionalCase;

  @Option(names = "--case", description = "The same, for a harness.")
  private @Nullable String namedCase;

  @Option(names = "--role", description = "both, offer or answer: for a harness.")
  private @Nullable Role role;

  @Option(names = "--size", description = "Bytes of a message.")
  private @Nullable Integer sizeBytes;

  @Option(names = "--warm", defaultValue = "2", description = "Seconds before measuring.")
  private double warmSeconds;

  @Option(names = "--secs", defaultValue = "10", description = "Seconds of measuring.")
  private double measureSeconds;

  @Option(
      names = {"--count", "--pairs"},
      description = "Round trips, set-ups or pairs.")
  private @Nullable Integer count;

  @Option(names = "--high", description = "Bytes that may wait in the channel.")
  private @Nullable Long highWaterBytes;

  @Option(names = "--json", description = "The result as one JSON object.")
  private boolean json;

  @Unmatched private @Nullable List<String> ignored;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = positionalCase != null ? positionalCase : namedCase;
    if (name == null || !CASES.contains(name)) {
      throw new ParameterException(
          spec.commandLine(), "the case is one of " + String.join(", ", CASES));
    }
    if (role == null && ignored != null) {
      throw new ParameterException(spec.commandLine(), "unknown option " + ignored.get(0));
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BenchOutput output = new BenchOutput(node -> print(out, node, role != null, json));
    boolean oneProcess = role == null || role == Role.both;
    try (PeerConnectionFactory factory = NetworkOptions.peers(oneProcess, true)) {
      BenchRun run = new BenchRun(factory, name, options(name), output);
      if (oneProcess) {
        output.result(run.both());
      } else {
        run.oneEnd(role == Role.offer, out);
      }
    }
    return 0;
  }

  private BenchOptions options(String name) {
    int size =
        sizeBytes != null
            ? sizeBytes
            : name.equals("msgrate") || name.equals("pingpong") ? 64 : 16_384;
    int times =
        count != null
            ? count
            : switch (name) {
              case "pingpong" -> 3_000;
              case "memory" -> 1_000;
              default -> 30;
            };
    long high = highWaterBytes != null ? highWaterBytes : size <= SMALL_BYTES ? 256 << 10 : 4 << 20;
    return new BenchOptions(
        size, (long) (warmSeconds * 1e9), (long) (measureSeconds * 1e9), times, high);
  }

  private static void print(PrintStream out, ObjectNode node, boolean harness, boolean json) {
    boolean result = node.path("type").asText().equals("result");
    if (harness || json && result) {
      out.println(node);
    } else if (result) {
      out.print(BenchTable.of(node));
    }
  }
}
