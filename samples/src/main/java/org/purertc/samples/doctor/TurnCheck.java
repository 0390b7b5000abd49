package org.purertc.samples.doctor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceTransportPolicy;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionIceErrorEvent;
import org.purertc.samples.doctor.Observation.Turn;

/** Asks one TURN server for a relay address, as a peer does that gathers candidates. */
final class TurnCheck {
  private static final long MS_NS = 1_000_000;

  private final ServerName server;
  private final boolean asked;
  private final long startNs = System.nanoTime();
  private final CompletableFuture<Turn> result = new CompletableFuture<>();
  private int errorCode = Turn.UNREACHABLE;
  private String errorText = "no answer";

  private TurnCheck(ServerName server, boolean asked) {
    this.server = server;
    this.asked = asked;
  }

  /** Who may use a server, and whom to trust when it speaks TLS. */
  record Access(String user, String password, @Nullable SSLContext tls) {}

  /**
   * Begins to ask.
   *
   * @param asked whether the user named this very way
   */
  static CompletableFuture<Turn> start(
      PeerConnectionFactory factory,
      ServerName server,
      boolean asked,
      Access access,
      long limitMs) {
    TurnCheck check = new TurnCheck(server, asked);
    RTCPeerConnection peer = factory.createPeerConnection(configuration(server, access));
    peer.onIceCandidate(check::onCandidate);
    peer.onIceCandidateError(check::onError);
    peer.createDataChannel("doctor"); // something to gather candidates for
    var unused = peer.setLocalDescription();
    return check
        .result
        .completeOnTimeout(check.failed(), limitMs, TimeUnit.MILLISECONDS)
        .whenComplete((done, thrown) -> peer.close());
  }

  /** Of a peer that uses this relay and nothing else. */
  static RTCConfiguration configuration(ServerName server, Access access) {
    RTCConfiguration.Builder builder =
        RTCConfiguration.builder()
            .iceTransportPolicy(RTCIceTransportPolicy.RELAY)
            .iceServer(server.url(), access.user(), access.password());
    SSLContext tls = access.tls();
    return (tls == null ? builder : builder.turnTls(tls)).build();
  }

  private synchronized void onCandidate(RTCIceCandidate candidate) {
    String address = candidate.address();
    if (candidate.candidate().isEmpty()) {
      result.complete(failed());
    } else if (address != null) {
      boolean isIpv6 = address.indexOf(':') >= 0;
      String text = (isIpv6 ? "[" + address + "]" : address) + ":" + candidate.port();
      result.complete(new Turn(server.url(), server.protocol(), asked, text, 0, "", passedMs()));
    }
  }

  /** Each address of this machine asks: what the server itself said tells more than silence. */
  private synchronized void onError(RTCPeerConnectionIceErrorEvent error) {
    if (errorCode == Turn.UNREACHABLE) {
      errorCode = error.errorCode();
      errorText = error.errorText();
    }
  }

  private synchronized Turn failed() {
    return new Turn(server.url(), server.protocol(), asked, null, errorCode, errorText, passedMs());
  }

  private long passedMs() {
    return (System.nanoTime() - startNs) / MS_NS;
  }
}
