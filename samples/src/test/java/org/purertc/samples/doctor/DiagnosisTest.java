package org.purertc.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.doctor.Observation.LocalAddress;
import org.purertc.samples.doctor.Observation.Nat;
import org.purertc.samples.doctor.Observation.Passage;
import org.purertc.samples.doctor.Observation.Reach;
import org.purertc.samples.doctor.Observation.Relayed;
import org.purertc.samples.doctor.Observation.Server;
import org.purertc.samples.doctor.Observation.Stun;
import org.purertc.samples.doctor.Observation.Turn;

class DiagnosisTest {
  private static final String HERE = "stun:here";
  private static final Stun ANSWERS =
      new Stun("stun:a", Reach.ANSWERS, new InetSocketAddress("203.0.113.1", 7), 12);
  private static final Stun SILENT = new Stun("stun:a", Reach.SILENT, null, 0);

  private static final Stun ANSWERS_HERE =
      new Stun(HERE, Reach.ANSWERS, new InetSocketAddress("127.0.0.1", 7), 0);

  private static final Bandwidth CARRIED = new Bandwidth(8_000_000, 2, "relay to host", "udp");

  private static Turn works(String protocol) {
    return new Turn("turn:t", protocol, true, "203.0.113.9:50000", 0, "", 30);
  }

  private static Turn fails(String protocol, boolean asked, int code, String error) {
    return new Turn("turn:t", protocol, asked, null, code, error, 30);
  }

  private static Turn silent(String protocol) {
    return fails(protocol, true, Turn.UNREACHABLE, "no answer");
  }

  private static List<String> keys(Observation seen) {
    return Diagnosis.of(seen).stream().map(Verdict::key).toList();
  }

  private static List<String> keysOfRelay(String protocol, Passage passage) {
    Relayed relayed =
        new Relayed("turn:t", protocol, passage, passage == Passage.NONE ? null : CARRIED);
    return keys(
        new Observation(
            List.of(),
            List.of(),
            null,
            List.of(works(protocol)),
            List.of(relayed),
            null,
            Set.of()));
  }

  private static List<String> keys(
      List<Stun> stun, @Nullable Nat nat, List<Turn> turn, @Nullable Server server) {
    return keys(new Observation(List.of(), stun, nat, turn, List.of(), server, Set.of(HERE)));
  }

  private static List<String> keys(List<Stun> stun, Turn... turn) {
    return keys(stun, null, List.of(turn), null);
  }

  private static List<String> keysOfNat(Nat nat) {
    return keys(List.of(ANSWERS), nat, List.of(), null);
  }

  @Test
  void withoutServersNothingIsKnownButTheAddresses() {
    Observation seen =
        new Observation(
            List.of(new LocalAddress("192.0.2.7", "eth0")),
            List.of(),
            null,
            List.of(),
            List.of(),
            null,
            Set.of());
    assertThat(Diagnosis.of(seen))
        .extracting(Verdict::key)
        .containsExactly("addresses", "udp-unknown", "turn-none");
    assertThat(Diagnosis.of(seen).get(0).text())
        .isEqualTo("Addresses of this machine: 192.0.2.7 (eth0).");
    assertThat(Diagnosis.of(seen)).noneMatch(each -> each.kind() == Verdict.Kind.BAD);
  }

  @Test
  void aMachineWithoutAddressesIsUnwell() {
    assertThat(keys(List.of())).startsWith("addresses-none");
  }

  @Test
  void oneAnswerByUdpMeansThatUdpIsOpen() {
    assertThat(keys(List.of(SILENT, ANSWERS))).contains("stun-silent", "udp-open");
    assertThat(keys(List.of(SILENT), works("udp"))).contains("udp-open");
    assertThat(keys(List.of(), fails("udp", true, 401, ""))).contains("udp-open");
  }

  @Test
  void aServerOnThisMachineTellsNothingAboutTheNetwork() {
    assertThat(keys(List.of(ANSWERS_HERE))).contains("udp-here").doesNotContain("udp-open");
    assertThat(keys(List.of(ANSWERS_HERE, SILENT))).contains("udp-here");
    assertThat(keys(List.of(ANSWERS_HERE, ANSWERS))).contains("udp-open");
    assertThat(keys(List.of(ANSWERS_HERE, SILENT), works("tls"))).contains("udp-blocked");
  }

  @Test
  void udpIsBlockedOnlyWhenAServerIsReachedByAnotherWay() {
    assertThat(keys(List.of(SILENT), works("tls"))).contains("udp-blocked");
    assertThat(keys(List.of(), silent("udp"), works("tcp"))).contains("udp-blocked");
    assertThat(keys(List.of(SILENT), silent("udp"), silent("tcp")))
        .contains("udp-silent")
        .doesNotContain("udp-blocked");
    assertThat(keys(List.of(), works("tcp"))).contains("udp-unknown");
  }

  @Test
  void anUnknownHostIsNoBlockedUdp() {
    Stun unknown = new Stun("stun:nowhere", Reach.UNKNOWN_HOST, null, 0);
    assertThat(keys(List.of(unknown, ANSWERS))).contains("stun-unknown-host", "udp-open");
  }

  @Test
  void anOwnAddressMeansNoNat() {
    Nat none = new Nat(false, NatBehaviour.ENDPOINT_INDEPENDENT, NatBehaviour.UNKNOWN);
    assertThat(keysOfNat(none)).contains("nat-none", "filtering-unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "ENDPOINT_INDEPENDENT, nat-friendly",
    "ADDRESS_DEPENDENT, nat-hard",
    "ADDRESS_AND_PORT_DEPENDENT, nat-hard",
    "DEPENDENT, nat-hard",
    "UNKNOWN, nat-unknown"
  })
  void theMappingOfANatDecides(NatBehaviour mapping, String key) {
    Nat nat = new Nat(true, mapping, NatBehaviour.ADDRESS_DEPENDENT);
    assertThat(keysOfNat(nat)).contains(key, "filtering");
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized, turn-wrong-credentials",
    "486, quota reached, turn-refused",
    "701, no answer, turn-unreachable",
    "701, TLS: unable to find a path, turn-certificate"
  })
  void aTurnServerThatGivesNothingIsBadNews(int code, String error, String key) {
    assertThat(keys(List.of(), fails("tls", true, code, error))).contains(key, "relay-none");
  }

  @Test
  void aWayThatNobodyAskedForIsNoFault() {
    List<String> keys = keys(List.of(), works("udp"), fails("tcp", false, 701, "no answer"));
    assertThat(keys).contains("turn-works", "turn-also").doesNotContain("relay-none");
  }

  @ParameterizedTest
  @CsvSource({
    "udp, DIRECT, relay-carries",
    "udp, BETWEEN_RELAYS, relay-ports",
    "tls, BETWEEN_RELAYS, relay-carries",
    "udp, NONE, relay-silent"
  })
  void whatComesThroughARelayAddressDecides(String protocol, Passage passage, String key) {
    assertThat(keysOfRelay(protocol, passage)).containsSubsequence("turn-works", key);
  }

  @Test
  void theServerLetsInAndCarries() {
    Server server =
        new Server("http://s", true, null, new Bandwidth(8_250_000, 1.24, "host to host", "udp"));
    List<Verdict> verdicts =
        Diagnosis.of(
            new Observation(List.of(), List.of(), null, List.of(), List.of(), server, Set.of()));
    assertThat(verdicts)
        .extracting(Verdict::key)
        .contains("udp-open", "server-reached", "bandwidth");
    assertThat(verdicts.get(verdicts.size() - 1).text())
        .contains("8.3 Mbit/s", "1.2 ms", "host to host");
  }

  @Test
  void whyTheServerOrItsPeerIsNotReachedIsTold() {
    Server closed = new Server("http://s", false, "nobody answers", null);
    assertThat(keys(List.of(), null, List.of(), closed)).contains("server-unreachable");
    Server mute = new Server("http://s", true, "no answer over any path", null);
    assertThat(keys(List.of(), null, List.of(), mute)).contains("server-reached", "bandwidth-none");
  }

  @ParameterizedTest
  @EnumSource(NatBehaviour.class)
  void noNameIsLeftInASentence(NatBehaviour behaviour) {
    Observation seen =
        new Observation(
            List.of(new LocalAddress("192.0.2.7", "eth0")),
            List.of(ANSWERS, SILENT),
            new Nat(true, behaviour, behaviour),
            List.of(works("tcp"), silent("udp"), fails("tls", true, 486, "quota")),
            List.of(
                new Relayed("turn:t", "udp", Passage.BETWEEN_RELAYS, CARRIED),
                new Relayed("turn:t", "tcp", Passage.DIRECT, CARRIED),
                new Relayed("turn:t", "tls", Passage.NONE, null)),
            new Server("http://s", true, "why", null),
            Set.of());
    for (Verdict each : Diagnosis.of(seen)) {
      assertThat(each.text() + each.advice()).doesNotContain("{").doesNotContain("null");
      if (each.kind() == Verdict.Kind.BAD || each.kind() == Verdict.Kind.WARNING) {
        assertThat(each.advice()).as(each.key()).isNotEmpty();
      }
    }
  }
}
