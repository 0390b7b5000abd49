package org.purertc.interop.nat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;
import org.purertc.interop.turn.Coturn;

/** {@code purertc doctor} behind real NATs, with Debian's coturn on two addresses (RFC 5780). */
@Tag("interop")
class DoctorTest {
  private static final String OTHER = "203.0.113.11";

  /** Of coturn, if it is told no others. */
  private static final String DROP_RELAY_PORTS = "udp dport 49152-65535 drop";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static NatLab lab;
  private static Coturn server;

  @BeforeAll
  static void start() throws Exception {
    lab = new NatLab(NatType.PORT, NatType.PORT);
    lab.internet().ip("addr", "add", OTHER + "/24", "dev", "bridge0");
    server = Coturn.in(lab.internet(), NatLab.SERVER, directory, "--listening-ip=" + OTHER);
  }

  @AfterAll
  static void stop() {
    server.close();
    lab.close();
  }

  private record Report(int exitCode, JsonNode json) {
    List<String> keys() {
      List<String> keys = new ArrayList<>();
      json.path("verdicts").forEach(each -> keys.add(each.path("key").asText()));
      return keys;
    }

    String text(String key) {
      for (JsonNode each : json.path("verdicts")) {
        if (each.path("key").asText().equals(key)) {
          return each.path("text").asText();
        }
      }
      throw new AssertionError("no " + key + " in " + json);
    }
  }

  private static Report doctor(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("doctor", "--json"));
    all.addAll(List.of(arguments));
    List<String> java =
        Program.java(64, "org.purertc.samples.cli.PureRtc", all.toArray(new String[0]));
    try (Program program = Program.of(lab.a.host().command(java))) {
      int exitCode = program.exitCode();
      assertThat(program.out()).as("%s", program).hasSize(1);
      return new Report(exitCode, JSON.readTree(program.out().get(0)));
    }
  }

  @Test
  void oneServerOfRfc5780TellsASymmetricNat() throws Exception {
    lab.a.nat(NatType.SYMMETRIC);
    Report report = doctor("--timeout", "2", "--stun", server.url("stun", ""));
    assertThat(report.keys()).contains("stun-answers", "udp-open", "nat-hard", "filtering");
    assertThat(report.text("nat-hard")).contains("mapping is address- and port-dependent");
    assertThat(report.text("filtering")).contains("filtering is address- and port-dependent");
    assertThat(report.exitCode()).isZero();
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "FULL, endpoint-independent",
    "ADDRESS, address-dependent",
    "PORT, address- and port-dependent"
  })
  void filteringIsToldApartFromMapping(NatType type, String filtering) throws Exception {
    lab.a.nat(type);
    Report report = doctor("--timeout", "2", "--stun", server.url("stun", ""));
    assertThat(report.keys()).contains("nat-friendly");
    assertThat(report.text("filtering")).contains("filtering is " + filtering);
  }

  @Test
  void blockedUdpIsToldFromASilentServerAndTcpRelays() throws Exception {
    lab.a.nat(NatType.UDP_BLOCKED);
    Report report =
        doctor(
            "--timeout",
            "5",
            "--stun",
            server.url("stun", ""),
            "--turn",
            server.url("turn", ""),
            "--turn",
            server.url("turns", ""),
            "--ca",
            server.certificate().toString(),
            "--user",
            Coturn.USER,
            "--password",
            Coturn.PASSWORD);
    assertThat(report.keys())
        .contains("stun-silent", "udp-blocked", "turn-unreachable", "turn-works", "relay-carries")
        .doesNotContain("relay-none", "relay-silent");
    assertThat(report.text("relay-carries")).contains("over TCP", "relay to relay");
    assertThat(report.json().path("seen").path("turn"))
        .filteredOn(each -> each.path("relayAddress").isTextual())
        .extracting(each -> each.path("protocol").asText())
        .containsExactly("tcp", "tls");
    assertThat(report.exitCode()).isEqualTo(1);
  }

  private static Report doctorOfRelay(String seconds) throws Exception {
    return doctor(
        "--timeout",
        seconds,
        "--turn",
        server.url("turn", "?transport=udp"),
        "--user",
        Coturn.USER,
        "--password",
        Coturn.PASSWORD);
  }

  @Test
  void dataComeThroughTheRelayToThisMachine() throws Exception {
    lab.a.nat(NatType.FULL);
    Report report = doctorOfRelay("10");
    assertThat(report.keys()).containsSubsequence("turn-works", "relay-carries");
    assertThat(report.text("relay-carries"))
        .containsPattern(
            "[0-9.]+ Mbit/s each way at the same time, round trip [0-9.]+ ms, relay to");
    JsonNode relayed = report.json().path("seen").path("relayed").path(0);
    assertThat(relayed.path("passage").asText()).isEqualTo("DIRECT");
    assertThat(report.exitCode()).isZero();
  }

  /** The server's own host is not in the way of what goes from one relay address to another. */
  @Test
  void relayPortsBehindAFirewallAreNamed() throws Exception {
    lab.a.nat(NatType.FULL);
    try (var firewall = new Firewall("iifname != lo " + DROP_RELAY_PORTS)) {
      Report report = doctorOfRelay("3");
      assertThat(report.keys()).as("%s", firewall).containsSubsequence("turn-works", "relay-ports");
      assertThat(report.exitCode()).isZero();
    }
  }

  @Test
  void anAddressThroughWhichNothingComesIsBadNews() throws Exception {
    lab.a.nat(NatType.FULL);
    try (var firewall = new Firewall(DROP_RELAY_PORTS)) {
      Report report = doctorOfRelay("2");
      assertThat(report.keys())
          .as("%s", firewall)
          .containsSubsequence("turn-works", "relay-silent")
          .doesNotContain("relay-none");
      assertThat(report.exitCode()).isEqualTo(1);
    }
  }

  /** Of the TURN server's host. */
  private record Firewall(String rule) implements AutoCloseable {
    Firewall {
      String chain = "chain in { type filter hook input priority 0; " + rule + "; }";
      lab.internet().run("table inet relays {\n" + chain + "\n}\n", "nft", "-f", "-");
    }

    @Override
    public void close() {
      lab.internet().run("", "nft", "delete", "table", "inet", "relays");
    }
  }

  @Test
  void aWrongPasswordAndAForeignCertificateAreNamed() throws Exception {
    lab.a.nat(NatType.PORT);
    Report report =
        doctor(
            "--timeout",
            "10",
            "--turn",
            server.url("turn", ""),
            "--turn",
            server.url("turns", ""),
            "--user",
            Coturn.USER,
            "--password",
            "wrong");
    assertThat(report.keys())
        .contains("udp-open", "turn-wrong-credentials", "turn-certificate", "relay-none");
    assertThat(report.exitCode()).isEqualTo(1);
  }
}
