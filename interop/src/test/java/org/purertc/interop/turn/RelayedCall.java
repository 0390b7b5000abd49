package org.purertc.interop.turn;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionIceErrorEvent;
import org.purertc.RTCPeerConnectionState;

/** Two peers of this machine with a data channel, each with servers of its own. */
final class RelayedCall implements AutoCloseable {
  private static final int PATIENCE_S = 30;

  final RTCPeerConnection a;
  final RTCPeerConnection b;
  final RTCDataChannel channel;
  final BlockingQueue<RTCIceCandidate> candidates = new LinkedBlockingQueue<>();
  final BlockingQueue<RTCPeerConnectionIceErrorEvent> errors = new LinkedBlockingQueue<>();
  final BlockingQueue<RTCPeerConnectionState> states = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> open = new CompletableFuture<>();

  RelayedCall(PeerConnectionFactory factory, RTCConfiguration ofA, RTCConfiguration ofB) {
    a = factory.createPeerConnection(ofA);
    b = factory.createPeerConnection(ofB);
    a.onIceCandidate(
        candidate -> {
          candidates.add(candidate);
          b.addIceCandidate(candidate);
        });
    b.onIceCandidate(candidate -> a.addIceCandidate(candidate));
    a.onIceCandidateError(errors::add);
    a.onConnectionStateChange(states::add);
    b.onDataChannel(incoming -> incoming.onMessage(message -> incoming.send(message.text())));
    channel = a.createDataChannel("relayed");
    channel.onOpen(() -> open.complete(null));
    channel.onMessage(message -> echoes.add(message.text()));
    a.onLocalDescription(
        offer -> b.setRemoteDescription(offer).thenCompose(done -> b.setLocalDescription()));
    b.onLocalDescription(a::setRemoteDescription);
    a.setLocalDescription();
  }

  RelayedCall awaitOpen() throws Exception {
    open.get(PATIENCE_S, SECONDS);
    return this;
  }

  /** Sends a text and waits until it came back. */
  String echo(String text) throws InterruptedException {
    channel.send(text);
    String echo = echoes.poll(PATIENCE_S, SECONDS);
    return echo == null ? "nothing came back" : echo;
  }

  String selected() {
    RTCIceCandidatePair pair = selectedPair();
    return pair == null ? "none" : pair.local().type() + " to " + pair.remote().type();
  }

  @Nullable RTCIceCandidatePair selectedPair() {
    return a.sctp().transport().iceTransport().getSelectedCandidatePair();
  }

  List<String> candidateTypes() {
    return candidates.stream()
        .filter(candidate -> !candidate.candidate().isEmpty())
        .map(RTCIceCandidate::type)
        .distinct()
        .toList();
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
