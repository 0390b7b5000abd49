package org.purertc.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PureRtcTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return PureRtc.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "send",
        "receive",
        "receive a b",
        "receive a --limit fast",
        "receive a --to file",
        "receive a --to stdout --json",
        "send --port x a",
        "send --limit 1 a",
        "send --exclude ! a",
        "send - a",
        "send - --many",
        "send --quiet --json a",
        "connect",
        "connect --offer --answer",
        "connect --offer --negotiated 65535",
        "connect --offer --max-retransmits 1 --max-packet-life-time 1",
        "bench",
        "bench flying",
        "bench throughput --nonsense",
        "feed",
        "feed tea --every 10",
        "feed tea --rate 0",
        "feed tea --symbols 101",
        "relay --rtt fast",
        "relay --loss 101%",
        "relay --queue 0",
        "relay --seconds 0",
        "relay --a 127.0.0.1",
        "doctor --stun example.org",
        "doctor --stun turn:example.org",
        "doctor --turn turn:example.org",
        "doctor --timeout 0",
        "doctor --server ftp://example.org"
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String line) {
    int code = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(it -> it.startsWith("purertc"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMissingFileIsOneLineAndExitCodeEight() {
    int code = run("send", directory.resolve("none").toString());
    assertThat(code).isEqualTo(8);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("purertc send: no such file: ");
  }

  @Test
  void aLinkThatIsNoneIsOneLineAndExitCodeThree() {
    assertThat(run("receive", "nothing")).isEqualTo(3);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("purertc receive: \"nothing\" is no link");
  }

  @Test
  void aMissingDirectoryIsOneLineAndExitCodeSeven() {
    String link = "http://127.0.0.1:1/abcdefgh#AQIDBAUGBwgJCgsMDQ4PEA";
    int code = run("receive", link, "--dir", directory.resolve("none").toString());
    assertThat(code).isEqualTo(7);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("purertc receive: no such directory: ");
  }

  @Test
  void anErrorIsAnObjectForProgramsToo() throws Exception {
    Path none = directory.resolve("none");
    assertThat(run("send", "--json", none.toString())).isEqualTo(8);
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"error\",\"reason\":\"no such file: ");
    assertThat(Files.exists(none)).isFalse();
  }

  @Test
  void helpIsNoError() {
    assertThat(run("send", "--help")).isZero();
    assertThat(out.toString()).contains("--many").contains("--loopback").contains("--quiet");
    assertThat(err.toString()).isEmpty();
  }
}
