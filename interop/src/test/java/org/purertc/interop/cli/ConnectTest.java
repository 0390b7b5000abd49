package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes {@code purertc connect}, the lines of each fed to the other as they are. */
@Tag("interop")
class ConnectTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--no-trickle",
        "--unordered --max-retransmits 2 --protocol game",
        "--max-packet-life-time 500"
      })
  void talk(String options) {
    try (Program offerer = connect("--offer", options + " --label tälk");
        Program answerer = connect("--answer", options.contains("trickle") ? "--no-trickle" : "")) {
      join(offerer, answerer);
      answerer.await("\"name\":\"datachannel\",\"channel\":\"tälk\"");
      exchange(offerer, answerer, "tälk");
      offerer.type("{\"type\":\"close\"}");
      assertThat(offerer.exitCode()).as("%s", offerer).isZero();
      assertThat(answerer.exitCode()).as("%s", answerer).isZero();
      assertThat(offerer.err()).isEmpty();
      assertThat(answerer.err()).isEmpty();
      boolean trickled = offerer.out().stream().anyMatch(it -> it.contains("\"candidate\","));
      assertThat(trickled).isEqualTo(!options.contains("trickle"));
    }
  }

  @Test
  void talkOnANegotiatedChannel() {
    try (Program offerer = connect("--offer", "--negotiated 7");
        Program answerer = connect("--answer", "--negotiated 7")) {
      join(offerer, answerer);
      exchange(offerer, answerer, "data");
      answerer.endInput();
      assertThat(answerer.exitCode()).as("%s", answerer).isZero();
      assertThat(answerer.out()).noneMatch(line -> line.contains("\"datachannel\""));
    }
  }

  /** Consent expires after 30 s. */
  @Tag("long")
  @Test
  void saysThatTheOtherIsLost() {
    try (Program offerer = connect("--offer", "");
        Program answerer = connect("--answer", "")) {
      join(offerer, answerer);
      exchange(offerer, answerer, "data");
      answerer.kill();
      assertThat(offerer.exitCode()).as("%s", offerer).isEqualTo(1);
      assertThat(offerer.err()).singleElement().asString().startsWith("purertc connect: ");
    }
  }

  private static void join(Program offerer, Program answerer) {
    offerer.pipeTo(answerer);
    answerer.pipeTo(offerer);
    offerer.await("\"name\":\"connectionstatechange\",\"state\":\"connected\"");
  }

  private static void exchange(Program offerer, Program answerer, String label) {
    offerer.await("\"name\":\"open\",\"channel\":\"" + label + "\"");
    offerer.type("{\"type\":\"send\",\"channel\":\"%s\",\"text\":\"hällo\"}".formatted(label));
    answerer.await("\"type\":\"message\",\"channel\":\"%s\",\"text\":\"hällo\"".formatted(label));
    answerer.type("{\"type\":\"send\",\"channel\":\"%s\",\"base64\":\"AAEC\"}".formatted(label));
    offerer.await("\"type\":\"message\",\"channel\":\"%s\",\"base64\":\"AAEC\"".formatted(label));
  }

  private static Program connect(String side, String options) {
    List<String> all = new ArrayList<>(List.of("connect", side, "--loopback"));
    Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()).forEach(all::add);
    return Program.purertc(all.toArray(String[]::new));
  }
}
