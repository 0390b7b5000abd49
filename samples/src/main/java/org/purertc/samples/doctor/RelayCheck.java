package org.purertc.samples.doctor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.doctor.Observation.Passage;
import org.purertc.samples.doctor.Observation.Relayed;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.web.ChannelEcho;

/** Sends bytes through a TURN server, between two peers of this process, and counts. */
final class RelayCheck {
  /** A relay's traffic costs its owner: from the start, not for long and not much. */
  private static final ChannelMeasurement.Bounds BOUNDS =
      new ChannelMeasurement.Bounds(0, 2_000_000_000L, 16L << 20);

  private final PeerConnectionFactory factory;
  private final ServerName server;
  private final RTCConfiguration relayOnly;
  private final long limitMs;

  RelayCheck(
      PeerConnectionFactory factory, ServerName server, TurnCheck.Access access, long limitMs) {
    this.factory = factory;
    this.server = server;
    this.limitMs = limitMs;
    relayOnly = TurnCheck.configuration(server, access);
  }

  /**
   * First to this machine's own addresses, as a peer elsewhere would be reached; then to a second
   * relay address. The former needs UDP, which only a server that is asked by it is known to get.
   */
  Relayed run() throws InterruptedException {
    if (server.protocol().equals("udp")) {
      Bandwidth direct = carry(RTCConfiguration.builder().iceServer(server.stunUrl()).build());
      if (direct != null) {
        return relayed(Passage.DIRECT, direct);
      }
    }
    Bandwidth between = carry(relayOnly);
    return relayed(between == null ? Passage.NONE : Passage.BETWEEN_RELAYS, between);
  }

  private Relayed relayed(Passage passage, @Nullable Bandwidth bandwidth) {
    return new Relayed(server.url(), server.protocol(), passage, bandwidth);
  }

  /** What comes back from a peer of {@code other}; null when nothing does. */
  private @Nullable Bandwidth carry(RTCConfiguration other) throws InterruptedException {
    try (RTCPeerConnection here = factory.createPeerConnection(relayOnly);
        RTCPeerConnection there = factory.createPeerConnection(other)) {
      there.onDataChannel(ChannelEcho::on);
      RTCDataChannel channel = here.createDataChannel("relay");
      connect(here, there);
      channel.opened().get(3 * limitMs, TimeUnit.MILLISECONDS);
      return new ChannelMeasurement(here, channel, limitMs).run(BOUNDS);
    } catch (ExecutionException | TimeoutException | RTCException e) {
      return null;
    }
  }

  private static void connect(RTCPeerConnection here, RTCPeerConnection there) {
    CompletableFuture<Negotiator> offering = new CompletableFuture<>();
    Negotiator answering = negotiator(there, offering);
    Negotiator made = negotiator(here, CompletableFuture.completedFuture(answering));
    offering.complete(made);
    made.offer();
  }

  /** What fails leaves the channel closed, which is waited for. */
  private static Negotiator negotiator(RTCPeerConnection peer, CompletableFuture<Negotiator> to) {
    return new Negotiator(
        peer, CandidateMode.TRICKLE, message -> deliver(message, to), reason -> {});
  }

  private static void deliver(SignalingMessage message, CompletableFuture<Negotiator> to) {
    var unused = to.thenAccept(negotiator -> negotiator.receive(message));
  }
}
