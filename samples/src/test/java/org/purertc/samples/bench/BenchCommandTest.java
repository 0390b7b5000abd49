package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the command prints for which options, with as few rounds as there can be. */
class BenchCommandTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.split(" "));
  }

  private List<JsonNode> results(String line) {
    assertThat(run(line)).as("%s", err).isZero();
    return out.toString().lines().map(BenchCommandTest::read).toList();
  }

  private static JsonNode read(String line) {
    try {
      return BenchOutput.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  private static List<String> texts(List<JsonNode> results, String field) {
    return results.stream().map(it -> it.path(field).asText()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flying | the case is one of",
        "--role both all | the case is one of",
        "throughput --size 0 | --size is 1 to 262144",
        "throughput --secs 0 | --secs is above 0",
        "throughput --warm -1 | --warm is 0 to 3600",
        "throughput --high 0 | --high is 1 or more",
        "throughput --runs 0 | --runs is 1 to 1000",
        "idle --pairs 0 | --count and --pairs are 1 to",
        "pingpong --unmeasured -1 | --unmeasured is 0 to",
        "pingpong --processes 3 | --processes is 1 or 2",
        "pingpong --loops 3 | --loops is 1 or 2",
        "pingpong --nonsense | unknown option [--nonsense]",
        "idle --processes 2 | this case cannot be measured with these options",
        "idle --udp-port 0 | --udp-port is 1 to 65535",
        "connect --udp-port 9 | this case cannot be measured with these options",
        "connect --cold --rtt 5ms | this case cannot be measured with these options",
        "throughput --cold | this case cannot be measured with these options"
      })
  void refusesWhatCannotBeMeant(String line, String message) {
    assertThat(run(line)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).startsWith(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void measuresInOneJvmWithOneLoopAndWithTwoAndInTwoProcesses() {
    List<JsonNode> results = results("pingpong --count 3 --unmeasured 0 --json");
    assertThat(texts(results, "placement"))
        .containsExactly("one-loop", "two-loops", "two-processes");
    assertThat(texts(results, "n")).containsOnly("3");
  }

  @Test
  void twoProcessesTellTheirCpuTime() {
    List<JsonNode> results =
        results("throughput --size 1200 --warm 0 --secs 0.05 --processes 2 --json");
    assertThat(results).singleElement().matches(it -> it.has("cpuSecondsPerGB"));
  }

  @Test
  void setUpsOfAWarmAndOfAColdJvmStandApart() {
    List<JsonNode> results = results("connect --count 1 --unmeasured 0 --loops 1 --json");
    assertThat(texts(results, "mode")).containsExactly("warm", "cold");
    assertThat(results.get(1).path("jvmStartMs").asInt()).isPositive();
  }

  @Test
  void idleTellsWhatPairsCost() {
    List<JsonNode> results = results("idle --pairs 2 --unmeasured 0 --secs 0.05 --json");
    assertThat(results).hasSize(1);
    assertThat(results.get(0).path("pairs").asInt()).isEqualTo(2);
    assertThat(results.get(0).path("threads").asInt()).isPositive();
    assertThat(results.get(0).has("heapPerPeerKb")).isTrue();
    assertThat(results.get(0).has("idleCpuPercent")).isTrue();
  }

  @Test
  void aCrowdOnOnePortTellsWhatItsPeersCost() throws Exception {
    int port;
    try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    List<JsonNode> results =
        results("idle --udp-port " + port + " --pairs 3 --unmeasured 1 --secs 0.05 --json");
    assertThat(results).hasSize(1);
    assertThat(texts(results, "placement")).containsExactly("two-processes");
    assertThat(results.get(0).path("n").asInt()).isEqualTo(3);
    assertThat(results.get(0).path("failedPairs").asInt()).isZero();
    assertThat(results.get(0).has("heapPerPeerKb")).isTrue();
    assertThat(results.get(0).has("setupsPerSecond")).isTrue();
  }

  @Test
  void throughTheRelayARoundTripTakesAsLongAsItIsTold() {
    List<JsonNode> results =
        results("pingpong --count 2 --unmeasured 0 --loops 1 --processes 1 --rtt 4ms --json");
    assertThat(results.get(0).path("rttMs").asDouble()).isEqualTo(4);
    assertThat(results.get(0).path("relayCeilingPerSecond").asLong()).isPositive();
    assertThat(results.get(0).path("min").asDouble()).isGreaterThanOrEqualTo(4_000);
  }

  @Test
  void aHarnessMaySayMoreThanThisVersionKnows() {
    List<JsonNode> lines =
        results("--role both --case pingpong --count 2 --unmeasured 0 --future 5 --soon");
    assertThat(texts(lines, "type")).containsExactly("mark", "mark", "result");
  }

  @Test
  void drawsWhatItPrints() throws Exception {
    Path svg = directory.resolve("bench.svg");
    int code = run("pingpong --count 2 --unmeasured 0 --processes 1 --loops 2 --svg " + svg);
    assertThat(code).isZero();
    assertThat(out.toString()).contains("two-loops");
    assertThat(Files.readString(svg)).startsWith("<svg").contains("two-loops, p50");
  }

  @Test
  void aPictureThatCannotBeWrittenIsToldBeforeMeasuring() {
    Path nowhere = directory.resolve("none").resolve("bench.svg");
    assertThat(run("pingpong --svg " + nowhere)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("cannot write " + nowhere);
  }
}
