package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.Peers.await;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two peers in one JVM over real sockets, ICE, DTLS and SCTP, on 127.0.0.1 and ::1. */
class LoopbackTest {
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(1).loopbackOnly().build();

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exchangesAMessage(boolean trickle) throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel chat = peers.a.createDataChannel("chat");
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      chat.onOpen(() -> chat.send("hello"));
      chat.onMessage(message -> received.add(message.text()));
      peers.b.onDataChannel(
          channel -> channel.onMessage(message -> channel.send(message.text() + " back")));
      if (trickle) {
        peers.trickle();
        peers.negotiate();
      } else {
        peers.negotiateWithoutTrickle();
      }
      assertThat(received.poll(20, TimeUnit.SECONDS)).as(peers.describe()).isEqualTo("hello back");
    }
  }

  @Test
  void exchangesMessagesOfAllKinds() throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannel a = peers.a.createDataChannel("kinds");
      peers.negotiate();
      RTCDataChannel b = peers.takeIncoming();
      BlockingQueue<RTCMessage> received = new LinkedBlockingQueue<>();
      b.onMessage(received::add);
      await(a.opened());
      byte[] large = new byte[256 << 10];
      new Random(1).nextBytes(large);
      a.send("text äöü €");
      a.send("");
      a.send(new byte[0]);
      a.send(large);
      a.send(new byte[] {1});
      assertThat(next(received)).isEqualTo("text:text äöü €");
      assertThat(next(received)).isEqualTo("text:");
      assertThat(next(received)).isEqualTo("binary:" + Arrays.hashCode(new byte[0]));
      assertThat(next(received)).isEqualTo("binary:" + Arrays.hashCode(large));
      assertThat(next(received)).isEqualTo("binary:" + Arrays.hashCode(new byte[] {1}));
    }
  }

  static Stream<RTCDataChannelInit> kindsOfChannels() {
    RTCDataChannelInit reliable = RTCDataChannelInit.DEFAULT;
    return Stream.of(
        reliable.withProtocol("chat/1"),
        reliable.withOrdered(false),
        reliable.withMaxRetransmits(3),
        reliable.withOrdered(false).withMaxPacketLifeTime(2000));
  }

  @ParameterizedTest
  @MethodSource("kindsOfChannels")
  void announcesAChannelWithItsOptions(RTCDataChannelInit init) throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannel a = peers.a.createDataChannel("ümlaut", init);
      peers.negotiate();
      RTCDataChannel b = peers.takeIncoming();
      assertThat(b.label()).isEqualTo("ümlaut");
      assertThat(b.protocol()).isEqualTo(init.protocol());
      assertThat(b.ordered()).isEqualTo(init.ordered());
      assertThat(b.maxRetransmits()).isEqualTo(init.maxRetransmits());
      assertThat(b.maxPacketLifeTime()).isEqualTo(init.maxPacketLifeTime());
      assertThat(b.negotiated()).isFalse();
      assertThat(b.id()).isEqualTo(a.id()).isNotNull();
      Set<String> received = ConcurrentHashMap.newKeySet();
      CountDownLatch all = new CountDownLatch(20);
      b.onMessage(
          message -> {
            received.add(message.text());
            all.countDown();
          });
      await(a.opened());
      for (int i = 0; i < 20; i++) {
        a.send("message " + i);
      }
      assertThat(all.await(20, TimeUnit.SECONDS)).as(received.toString()).isTrue();
      assertThat(received).hasSize(20);
    }
  }

  @Test
  void opensANegotiatedChannelOnBothSidesWithoutAnEvent() throws InterruptedException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannelInit init = RTCDataChannelInit.DEFAULT.withNegotiatedId(77);
      RTCDataChannel a = peers.a.createDataChannel("here", init);
      RTCDataChannel b = peers.b.createDataChannel("there", init);
      BlockingQueue<RTCMessage> received = new LinkedBlockingQueue<>();
      b.onMessage(received::add);
      peers.negotiate();
      await(a.opened());
      a.send("by id");
      assertThat(next(received)).isEqualTo("text:by id");
      assertThat(peers.incoming).isEmpty();
      assertThat(b.id()).isEqualTo(77);
    }
  }

  @Test
  void opensChannelsFromBothSidesWithoutNegotiatingAgain() {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      BlockingQueue<RTCDataChannel> atA = new LinkedBlockingQueue<>();
      peers.a.onDataChannel(atA::add);
      RTCDataChannel first = peers.a.createDataChannel("first");
      peers.negotiate();
      await(first.opened());
      AtomicInteger negotiations = new AtomicInteger();
      peers.b.onNegotiationNeeded(negotiations::incrementAndGet);
      RTCDataChannel fromB = peers.b.createDataChannel("from b");
      await(fromB.opened());
      RTCDataChannel second = peers.a.createDataChannel("second");
      await(second.opened());
      assertThat(peers.takeIncoming().label()).isEqualTo("first");
      assertThat(peers.takeIncoming().label()).isEqualTo("second");
      assertThat(negotiations).hasValue(0);
    }
  }

  @Test
  void negotiatesByEventsAlone() {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannel channel = peers.a.createDataChannel("by events");
      peers.a.onNegotiationNeeded(peers::negotiation);
      await(channel.opened());
      assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
      assertThat(peers.a.signalingState()).isEqualTo(RTCSignalingState.STABLE);
      assertThat(peers.a.localDescription().type()).isEqualTo(RTCSdpType.OFFER);
      assertThat(peers.b.localDescription().type()).isEqualTo(RTCSdpType.ANSWER);
    }
  }

  @Test
  void showsItsTransports() {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      assertThat(peers.a.sctp()).isNull();
      peers.trickle();
      RTCDataChannel channel = peers.a.createDataChannel("transports");
      peers.negotiate();
      await(channel.opened());
      RTCSctpTransport sctp = peers.a.sctp();
      assertThat(sctp.state()).isEqualTo(RTCSctpTransportState.CONNECTED);
      assertThat(sctp.maxMessageSize()).isEqualTo(256 << 10);
      assertThat(sctp.transport().state()).isEqualTo(RTCDtlsTransportState.CONNECTED);
      RTCIceTransport ice = sctp.transport().iceTransport();
      assertThat(ice.role()).isEqualTo(RTCIceRole.CONTROLLING);
      assertThat(ice.getSelectedCandidatePair().local().candidate()).startsWith("candidate:");
      assertThat(ice.roundTripTimeMs()).isPositive();
    }
  }

  @Test
  void passesOverCandidatesThatItCannotUse() {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannel channel = peers.a.createDataChannel("candidates");
      peers.negotiate();
      String mid = "0";
      for (String unusable :
          List.of(
              "candidate:1 1 udp 2113937151 0cd2ae3e-64f1-4b0b.local 50000 typ host",
              "candidate:2 1 tcp 1518280447 127.0.0.1 9 typ host tcptype active",
              "candidate:3 2 udp 2113937150 127.0.0.1 50001 typ host")) {
        await(peers.a.addIceCandidate(new RTCIceCandidate(unusable, mid, 0)));
      }
      await(channel.opened());
    }
  }

  @Test
  void failsOperationsWithW3cErrors() {
    try (RTCPeerConnection peer = FACTORY.createPeerConnection(RTCConfiguration.DEFAULT)) {
      assertError("InvalidStateError", peer.createAnswer());
      assertError(
          "InvalidStateError",
          peer.addIceCandidate(
              new RTCIceCandidate("candidate:1 1 udp 1 127.0.0.1 5 typ host", "0", 0)));
      assertError(
          "OperationError",
          peer.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, "v=1")));
    }
  }

  @Test
  void refusesChannelOptionsThatW3cRefuses() {
    try (RTCPeerConnection peer = FACTORY.createPeerConnection(RTCConfiguration.DEFAULT)) {
      RTCDataChannelInit init = RTCDataChannelInit.DEFAULT;
      assertRefused("TypeError", peer, init.withMaxRetransmits(1).withMaxPacketLifeTime(1));
      assertRefused("TypeError", peer, init.withMaxRetransmits(-2));
      assertRefused("TypeError", peer, init.withNegotiatedId(65_535));
      RTCDataChannel unused = peer.createDataChannel("taken", init.withNegotiatedId(5));
      assertRefused("OperationError", peer, init.withNegotiatedId(5));
    }
  }

  private static void assertRefused(String name, RTCPeerConnection peer, RTCDataChannelInit init) {
    assertThatThrownBy(() -> peer.createDataChannel("refused", init))
        .isInstanceOfSatisfying(
            RTCException.class, error -> assertThat(error.name()).isEqualTo(name));
  }

  private static void assertError(String name, CompletableFuture<?> future) {
    assertThatThrownBy(() -> await(future))
        .cause()
        .isInstanceOfSatisfying(
            RTCException.class, error -> assertThat(error.name()).isEqualTo(name));
  }

  private static String next(BlockingQueue<RTCMessage> received) throws InterruptedException {
    RTCMessage message = received.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      return "nothing";
    }
    return message.isText()
        ? "text:" + message.text()
        : "binary:" + Arrays.hashCode(message.bytes());
  }
}
