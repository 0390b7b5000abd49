package org.purertc.samples.share;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.web.PageServer;
import org.purertc.samples.web.PeerSockets;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/**
 * A signalling server that puts itself between the two ends: a connection of its own, with its own
 * certificates, to each of them, and each message of the one handed on to the other.
 */
final class HostileSignaling implements AutoCloseable, VisitListener {
  private final ShareLink sender;
  private final PeerConnectionFactory factory =
      PeerConnectionFactory.builder().loopbackOnly().build();
  private final PageServer server;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Runnable> closings = new CopyOnWriteArrayList<>();

  HostileSignaling(ShareLink sender) throws IOException {
    this.sender = sender;
    PeerSockets sockets = new PeerSockets(this::peer, this, 4);
    server =
        PageServer.start(
            InetAddress.getByName("127.0.0.1"),
            0,
            routes -> routes.ws("/{room}/ws", sockets::configure));
  }

  /** With a certificate of its own: those of the ends are not to be had. */
  private RTCPeerConnection peer() {
    return factory.createPeerConnection(RTCConfiguration.DEFAULT);
  }

  int port() {
    return server.port();
  }

  /** The text messages of both ends. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void onVisit(Visit visit) {
    visit.peer().onDataChannel(this::connect);
  }

  private void connect(RTCDataChannel victim) {
    RTCPeerConnection peer = peer();
    RTCDataChannel channel =
        peer.createDataChannel("file", RTCDataChannelInit.DEFAULT.withProtocol(victim.protocol()));
    CompletableFuture<RTCDataChannel> ready = channel.opened().thenApply(opened -> channel);
    victim.onMessage(message -> ready.join().send(record(message).text()));
    channel.onMessage(message -> victim.send(record(message).text()));
    CompletableFuture<Negotiator> negotiator = new CompletableFuture<>();
    try {
      WebSocketSignaling signaling =
          WebSocketSignaling.open(
              sender.signaling(),
              Duration.ofSeconds(10),
              message -> {
                var unused = negotiator.thenAccept(it -> it.receive(message));
              },
              lost -> {});
      closings.add(signaling::close);
      closings.add(peer::close);
      Negotiator talks = new Negotiator(peer, CandidateMode.TRICKLE, signaling::send, lost -> {});
      negotiator.complete(talks);
      talks.offer();
    } catch (SignalingUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  private RTCMessage record(RTCMessage message) {
    heard.add(message.text());
    return message;
  }

  @Override
  public void onLeft(Visit visit) {
    visit.peer().close();
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
    server.close();
    factory.close();
  }
}
