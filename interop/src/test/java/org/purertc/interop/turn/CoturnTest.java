package org.purertc.interop.turn;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceTransportPolicy;
import org.purertc.RTCPeerConnectionIceErrorEvent;
import org.purertc.RTCPeerConnectionState;

/** Calls of two peers through Debian's coturn. */
@Tag("interop")
class CoturnTest {
  private final PeerConnectionFactory factory =
      PeerConnectionFactory.builder().loopbackOnly().build();

  @TempDir Path directory;

  @AfterEach
  void close() {
    factory.close();
  }

  private static RTCConfiguration.Builder relayOnly() {
    return RTCConfiguration.builder().iceTransportPolicy(RTCIceTransportPolicy.RELAY);
  }

  private static RTCConfiguration relayOnly(String url) {
    return relayOnly().iceServer(url, Coturn.USER, Coturn.PASSWORD).build();
  }

  private RelayedCall call(RTCConfiguration configuration) {
    return new RelayedCall(factory, configuration, configuration);
  }

  private static void assertRelayed(RelayedCall call, String protocol, String url)
      throws Exception {
    call.awaitOpen();
    for (int i = 0; i < 50; i++) {
      assertThat(call.echo("message " + i)).isEqualTo("message " + i);
    }
    assertThat(call.selected()).isEqualTo("relay to relay");
    assertThat(call.candidateTypes()).containsExactly("relay");
    RTCIceCandidate candidate = call.candidates.peek();
    assertThat(candidate.relayProtocol()).isEqualTo(protocol);
    assertThat(candidate.url()).isEqualTo(url);
    RTCIceCandidate selected = call.selectedPair().local();
    assertThat(selected.relayProtocol()).isEqualTo(protocol);
    assertThat(selected.url()).isEqualTo(url);
    assertThat(call.errors).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"turn,'',udp", "turn,?transport=tcp,tcp", "turns,?transport=tcp,tls"})
  void twoPeersTalkOverRelaysAlone(String scheme, String query, String protocol) throws Exception {
    try (Coturn server = Coturn.longTerm(directory)) {
      String url = server.url(scheme, query);
      RTCConfiguration configuration =
          relayOnly().iceServer(url, Coturn.USER, Coturn.PASSWORD).turnTls(server.trust()).build();
      try (RelayedCall call = call(configuration)) {
        assertRelayed(call, protocol, url);
        assertThat(call.a.getStats().get(10, SECONDS).ofType("local-candidate"))
            .extracting(entry -> entry.text("relayProtocol"))
            .containsOnly(protocol);
      }
      server.awaitLog("refreshed, .*lifetime=0");
    }
  }

  @Test
  void credentialsOfTheRestInterfaceAreAccepted() throws Exception {
    try (Coturn server = Coturn.rest(directory)) {
      String user = Coturn.restUser();
      String url = server.url("turn", "");
      RTCConfiguration configuration =
          relayOnly().iceServer(url, user, Coturn.restPassword(user)).build();
      try (RelayedCall call = call(configuration)) {
        assertRelayed(call, "udp", url);
      }
    }
  }

  @Test
  void ipv6IsRelayedOverIpv6() throws Exception {
    try (Coturn server = Coturn.longTermAt("::1", directory)) {
      String url = server.url("turn", "");
      try (RelayedCall call = call(relayOnly(url))) {
        assertRelayed(call, "udp", url);
        assertThat(call.candidates.peek().address()).contains(":");
      }
    }
  }

  @Test
  void noncesThatBecomeStaleAreRenewed() throws Exception {
    try (Coturn server =
        Coturn.longTerm(directory, "--stale-nonce=1", "--max-allocate-lifetime=4")) {
      try (RelayedCall call = call(relayOnly(server.url("turn", "")))) {
        call.awaitOpen();
        long endNs = System.nanoTime() + SECONDS.toNanos(10);
        for (int i = 0; System.nanoTime() < endNs; i++) {
          assertThat(call.echo("message " + i)).isEqualTo("message " + i);
        }
        assertThat(call.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
      }
      server.awaitLog("Stale");
    }
  }

  @Test
  void aWrongPasswordIsReportedAndTheConnectionFails() throws Exception {
    try (Coturn server = Coturn.longTerm(directory)) {
      String url = server.url("turn", "");
      RTCConfiguration wrong = relayOnly().iceServer(url, Coturn.USER, "wrong").build();
      try (RelayedCall call = call(wrong)) {
        RTCPeerConnectionIceErrorEvent error = call.errors.poll(30, SECONDS);
        assertThat(error).isNotNull();
        assertThat(error.errorCode()).isEqualTo(401);
        assertThat(error.url()).isEqualTo(url);
        assertThat(error.errorText()).contains("username and credential");
        RTCPeerConnectionState state = call.states.poll(30, SECONDS);
        while (state != null && state != RTCPeerConnectionState.FAILED) {
          state = call.states.poll(30, SECONDS);
        }
        assertThat(state).isEqualTo(RTCPeerConnectionState.FAILED);
        assertThat(call.a.failureReason()).contains(url);
      }
    }
  }

  @Test
  void aServerWhoseCertificateNobodyTrustsIsReported() throws Exception {
    try (Coturn server = Coturn.longTerm(directory)) {
      try (RelayedCall call = call(relayOnly(server.url("turns", "")))) {
        RTCPeerConnectionIceErrorEvent error = call.errors.poll(30, SECONDS);
        assertThat(error).isNotNull();
        assertThat(error.errorCode()).isEqualTo(701);
        assertThat(error.errorText()).contains("TLS");
      }
    }
  }

  @Test
  void aStunServerIsAskedAndItsRedundantAnswerDropped() throws Exception {
    try (Coturn server = Coturn.longTerm(directory)) {
      RTCConfiguration configuration =
          RTCConfiguration.builder().iceServer(server.url("stun", "")).build();
      try (RelayedCall call = call(configuration)) {
        call.awaitOpen();
        call.a.gatheringComplete().get(30, SECONDS);
        assertThat(call.selected()).isEqualTo("host to host");
        assertThat(call.candidateTypes()).containsExactly("host");
      }
    }
  }

  @Test
  void aServerThatIsKilledOverTcpDisconnectsTheCall() throws Exception {
    try (Coturn server = Coturn.longTerm(directory)) {
      try (RelayedCall call = call(relayOnly(server.url("turn", "?transport=tcp")))) {
        call.awaitOpen();
        call.states.clear();
        server.kill();
        assertThat(call.states.poll(30, SECONDS)).isEqualTo(RTCPeerConnectionState.DISCONNECTED);
        server.start();
        try (RelayedCall next = call(relayOnly(server.url("turn", "?transport=tcp")))) {
          next.awaitOpen();
          assertThat(next.echo("again")).isEqualTo("again");
        }
      }
    }
  }
}
