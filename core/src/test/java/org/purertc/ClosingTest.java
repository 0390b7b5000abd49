package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.Peers.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to end a channel or a connection, over real sockets. */
class ClosingTest {
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(2).loopbackOnly().build();

  static List<RTCConfiguration> callbackModes() {
    return List.of(RTCConfiguration.DEFAULT, RTCConfiguration.builder().callbacksOnLoop().build());
  }

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesAChannelFromEachSide(boolean fromCreator) throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      RTCDataChannel b = peers.takeIncoming();
      RTCDataChannel closer = fromCreator ? a : b;
      RTCDataChannel other = fromCreator ? b : a;
      BlockingQueue<String> closerEvents = events(closer);
      BlockingQueue<String> otherEvents = events(other);
      other.onMessage(message -> otherEvents.add(message.text()));
      closer.send("last words");
      closer.close();
      assertThat(closer.readyState()).isEqualTo(RTCDataChannelState.CLOSING);
      await(closer.closed());
      await(other.closed());
      assertThat(next(otherEvents)).isEqualTo("last words");
      assertThat(next(otherEvents)).isEqualTo("closing");
      assertThat(next(otherEvents)).isEqualTo("close");
      assertThat(next(closerEvents)).isEqualTo("close");
      assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closesAConnectionFromEachSide(boolean fromOfferer) throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      RTCDataChannel b = peers.takeIncoming();
      RTCPeerConnection closer = fromOfferer ? peers.a : peers.b;
      RTCPeerConnection other = fromOfferer ? peers.b : peers.a;
      BlockingQueue<String> closerEvents = events(fromOfferer ? a : b);
      BlockingQueue<String> otherEvents = events(fromOfferer ? b : a);
      closer.onConnectionStateChange(state -> closerEvents.add("state " + state));
      other.onConnectionStateChange(state -> otherEvents.add("state " + state));
      closer.close();
      assertThat(closer.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
      assertThat(closer.signalingState()).isEqualTo(RTCSignalingState.CLOSED);
      assertThat((fromOfferer ? a : b).readyState()).isEqualTo(RTCDataChannelState.CLOSED);
      assertThat(otherEvents.poll(1, TimeUnit.SECONDS)).isEqualTo("error");
      assertThat(otherEvents.poll(1, TimeUnit.SECONDS)).isEqualTo("close");
      assertThat(otherEvents.poll(1, TimeUnit.SECONDS)).isEqualTo("state failed");
      assertThat(other.failureReason()).contains("closed");
      await(closer.closed());
      assertThat(closerEvents).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("callbackModes")
  void closesInsideEachHandler(RTCConfiguration mode) {
    for (String where : List.of("candidate", "negotiation", "open", "message", "state")) {
      try (Peers peers = new Peers(FACTORY, mode)) {
        peers.trickle();
        RTCPeerConnection a = peers.a;
        RTCDataChannel channel = a.createDataChannel("closing");
        Runnable close =
            () -> {
              a.close();
              a.close();
            };
        switch (where) {
          case "candidate" -> a.onIceCandidate(candidate -> close.run());
          case "negotiation" -> a.onNegotiationNeeded(close);
          case "open" -> channel.onOpen(close);
          case "message" -> {
            peers.b.onDataChannel(incoming -> incoming.onOpen(() -> incoming.send("now")));
            channel.onMessage(message -> close.run());
          }
          default ->
              a.onConnectionStateChange(
                  state -> {
                    if (state == RTCPeerConnectionState.CONNECTED) {
                      close.run();
                    }
                  });
        }
        if (!where.equals("negotiation")) { // who negotiates gets no such event
          CompletableFuture<Void> unused = peers.negotiation(); // fails when closed in between
        }
        await(a.closed());
        assertThat(channel.readyState()).as(where).isEqualTo(RTCDataChannelState.CLOSED);
      }
    }
  }

  @Test
  void closesAtAnyMomentOfTheHandshake() {
    for (int microseconds = 0; microseconds < 30_000; microseconds += 3_000) {
      try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
        peers.trickle();
        RTCDataChannel channel = peers.a.createDataChannel("cut short");
        peers.negotiate();
        CompletableFuture<Void> later =
            CompletableFuture.runAsync(
                peers.a::close,
                CompletableFuture.delayedExecutor(microseconds, TimeUnit.MICROSECONDS));
        await(later);
        await(peers.a.closed());
        assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
      }
    }
  }

  @Test
  void closesAtOnceFromManyThreads() {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel unused = connect(peers);
      CompletableFuture<?>[] closers = new CompletableFuture<?>[8];
      for (int i = 0; i < closers.length; i++) {
        closers[i] = CompletableFuture.runAsync(peers.a::close);
      }
      await(CompletableFuture.allOf(closers));
      await(peers.a.closed());
    }
  }

  @Test
  void closesGracefullyAfterWhatWasSent() throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      RTCDataChannel b = peers.takeIncoming();
      BlockingQueue<String> events = events(b);
      b.onMessage(message -> events.add("message " + message.bytes().length));
      for (int i = 0; i < 3; i++) {
        a.send(new byte[200_000]);
      }
      await(peers.a.closeGracefully(Duration.ofSeconds(10)));
      for (int i = 0; i < 3; i++) {
        assertThat(next(events)).isEqualTo("message 200000");
      }
      assertThat(next(events)).isEqualTo("close");
      assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
    }
  }

  @Test
  void closesGracefullyWithoutAConnectionToo() {
    RTCPeerConnection peer = FACTORY.createPeerConnection(RTCConfiguration.DEFAULT);
    RTCDataChannel channel = peer.createDataChannel("never");
    await(peer.closeGracefully(Duration.ofSeconds(10)));
    assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    assertThat(channel.opened()).isCompletedExceptionally();
  }

  @Test
  void refusesEverythingAfterClose() {
    RTCPeerConnection peer = FACTORY.createPeerConnection(RTCConfiguration.DEFAULT);
    peer.close();
    assertThatThrownBy(() -> peer.createDataChannel("late")).hasMessageContaining("closed");
    assertThat(peer.createOffer()).isCompletedExceptionally();
    assertThat(peer.addIceCandidate(null)).isCompletedExceptionally();
    assertThat(peer.gatheringComplete()).isCompletedExceptionally();
    peer.close();
    await(peer.closed());
  }

  private static RTCDataChannel connect(Peers peers) {
    peers.trickle();
    RTCDataChannel channel = peers.a.createDataChannel("closing");
    peers.negotiate();
    return await(channel.opened());
  }

  private static BlockingQueue<String> events(RTCDataChannel channel) {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    channel.onClosing(() -> events.add("closing"));
    channel.onError(error -> events.add("error"));
    channel.onClose(() -> events.add("close"));
    return events;
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    String event = events.poll(Peers.LIMIT_SECONDS, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }
}
