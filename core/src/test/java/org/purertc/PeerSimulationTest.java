package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** Whole peers in virtual time; DTLS is a double, see {@link SimDtls}. */
class PeerSimulationTest {
  private static final int MESSAGES = 60;
  private static final long LIMIT_SECONDS = 600;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  /**
   * Up to 25 % loss. At 30 %, 19 of 1,500 handshakes take more than the 10 s that DTLS has: RFC
   * 6347 doubles the time between two flights, and RFC 8489 that between two checks, on which the
   * other side waits in some of them. A first retransmission that is sooner changes nothing.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void deliversEachMessageOnceInOrderOverABadNetwork(long seed) {
    Random random = new Random(seed);
    SimNetwork network =
        SimNetwork.with(seed)
            .delayMs(5 + random.nextInt(60))
            .jitterMs(random.nextInt(15))
            .lossPercent(random.nextInt(26))
            .reorderPercent(random.nextInt(11))
            .duplicatePercent(random.nextInt(6));
    PeerPair pair = new PeerPair(network);
    Traffic there =
        new Traffic(pair.a.createDataChannel("there", RTCDataChannelInit.DEFAULT), seed);
    pair.b.events.dataChannel.set(there::receiveOn);
    pair.negotiate();
    assertThat(pair.runUntil(there::isComplete, LIMIT_SECONDS))
        .as("seed %d: %s", seed, there)
        .isTrue();
    assertThat(there.received).as("seed %d", seed).isEqualTo(there.sent);
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void closesGracefullyAfterEverythingArrived(long seed) {
    PeerPair pair = new PeerPair(SimNetwork.with(seed).delayMs(20).lossPercent(10));
    RTCDataChannel channel = pair.a.createDataChannel("last words", RTCDataChannelInit.DEFAULT);
    List<String> events = new ArrayList<>();
    pair.b.events.dataChannel.set(
        incoming -> {
          incoming.onMessage(message -> events.add(message.text()));
          incoming.onError(error -> events.add("error " + error.getMessage()));
          incoming.onClose(() -> events.add("close"));
        });
    channel.onOpen(
        () -> {
          channel.send("one");
          channel.send("two");
          LoopFuture<Void> unused = pair.a.closeGracefully(Duration.ofSeconds(60));
        });
    pair.negotiate();
    assertThat(pair.runUntil(pair.a::isClosed, LIMIT_SECONDS)).as("seed %d", seed).isTrue();
    pair.runMs(2000);
    assertThat(events).as("seed %d", seed).containsExactly("one", "two", "close");
    pair.assertNothingLeft();
  }

  @Test
  void tellsTheOtherSideAtOnceThatThePeerClosed() {
    PeerPair pair = new PeerPair(SimNetwork.with(7).delayMs(20));
    List<String> events = new ArrayList<>();
    RTCDataChannel channel = pair.a.createDataChannel("chat", RTCDataChannelInit.DEFAULT);
    noteEnd(channel, pair, events);
    pair.a.events.connectionStateChange.set(state -> events.add(state.toString()));
    pair.negotiate();
    assertThat(pair.runUntil(() -> isOpen(channel), 10)).isTrue();
    pair.b.close();
    pair.runMs(100);
    assertThat(events)
        .containsExactly("connecting", "connected", "error closed", "close", "failed");
    assertThat(pair.a.snapshot.failureReason()).contains("remote peer closed");
    pair.assertNothingLeft();
  }

  @Test
  void tellsOfAnUnansweredSctpHandshakeOnASoundPath() {
    PeerPair pair = new PeerPair(SimNetwork.with(13).delayMs(20));
    pair.losesData = true;
    List<String> events = new ArrayList<>();
    RTCDataChannel channel = pair.a.createDataChannel("chat", RTCDataChannelInit.DEFAULT);
    noteEnd(channel, pair, events);
    pair.negotiate();
    pair.runMs(300_000);
    assertThat(events).containsExactly("error closed", "close");
    assertThat(pair.a.snapshot.failureReason()).contains("SCTP handshake");
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.CONNECTED);
    pair.assertNothingLeft();
  }

  @Test
  void tellsOfTooManyRetransmissionsOnASoundPath() {
    PeerPair pair = new PeerPair(SimNetwork.with(14).delayMs(20));
    List<String> events = new ArrayList<>();
    RTCDataChannel channel = pair.a.createDataChannel("chat", RTCDataChannelInit.DEFAULT);
    noteEnd(channel, pair, events);
    pair.negotiate();
    assertThat(pair.runUntil(() -> isOpen(channel), 10)).isTrue();
    assertThat(pair.a.snapshot.failureReason()).isNull();
    pair.losesData = true;
    channel.send("into the void");
    pair.runMs(900_000);
    assertThat(events).containsExactly("error closed", "close");
    assertThat(pair.a.snapshot.failureReason()).contains("does not answer");
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.CONNECTED);
    RTCDataChannel late = pair.a.createDataChannel("late", RTCDataChannelInit.DEFAULT);
    noteEnd(late, pair, events);
    pair.runMs(1);
    assertThat(events).endsWith("error closed", "close").hasSize(4);
    pair.assertNothingLeft();
  }

  private static void noteEnd(RTCDataChannel channel, PeerPair pair, List<String> events) {
    channel.onError(error -> events.add("error " + pair.a.snapshot.sctp.state()));
    channel.onClose(() -> events.add("close"));
  }

  @Test
  void failsWhenTheCertificateIsNotTheDescribedOne() {
    PeerPair pair = new PeerPair(SimNetwork.with(12).delayMs(20), "CC:CC");
    List<String> events = new ArrayList<>();
    RTCDataChannel channel = pair.a.createDataChannel("chat", RTCDataChannelInit.DEFAULT);
    channel.onOpen(() -> events.add("open"));
    channel.onError(error -> events.add("error"));
    channel.onClose(() -> events.add("close"));
    pair.negotiate();
    pair.runMs(5_000);
    assertThat(events).containsExactly("error", "close");
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.FAILED);
    assertThat(pair.a.snapshot.failureReason()).contains("fingerprint");
    pair.assertNothingLeft();
  }

  @Test
  void failsWhenTheNetworkIsGone() {
    PeerPair pair = new PeerPair(SimNetwork.with(8).delayMs(20));
    List<String> events = new ArrayList<>();
    RTCDataChannel channel = pair.a.createDataChannel("chat", RTCDataChannelInit.DEFAULT);
    channel.onError(error -> events.add("error"));
    channel.onClose(() -> events.add("close"));
    pair.negotiate();
    assertThat(pair.runUntil(() -> isOpen(channel), 10)).isTrue();
    pair.a.events.connectionStateChange.set(state -> events.add(state.toString()));
    pair.network.cut();
    pair.runMs(60_000);
    assertThat(events).containsExactly("disconnected", "failed");
    assertThat(pair.a.snapshot.failureReason()).isNotEmpty();
    pair.assertNothingLeft();
  }

  @Test
  void survivesAShortOutage() {
    PeerPair pair = new PeerPair(SimNetwork.with(9).delayMs(20));
    Traffic there = new Traffic(pair.a.createDataChannel("there", RTCDataChannelInit.DEFAULT), 9);
    pair.b.events.dataChannel.set(there::receiveOn);
    pair.negotiate();
    assertThat(pair.runUntil(() -> there.received.size() > 10, 60)).isTrue();
    pair.network.cut();
    pair.runMs(15_000);
    pair.network.restore();
    assertThat(pair.runUntil(there::isComplete, 60)).as(there.toString()).isTrue();
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.CONNECTED);
    pair.assertNothingLeft();
  }

  @Test
  void holdsTheSenderBackWhileNobodyReads() {
    PeerPair pair = new PeerPair(SimNetwork.with(10).delayMs(5));
    RTCDataChannel channel = pair.a.createDataChannel("slow", RTCDataChannelInit.DEFAULT);
    List<RTCDataChannel> incoming = new ArrayList<>();
    pair.b.events.dataChannel.set(incoming::add);
    pair.negotiate();
    assertThat(pair.runUntil(() -> isOpen(channel), 10)).isTrue();
    int messages = 160;
    for (int i = 0; i < messages; i++) {
      channel.send(new byte[64 << 10]); // 10 MiB; the window is 2 MiB
    }
    pair.runMs(30_000);
    // 32 messages fill the window exactly; one chunk of the next is on its way as a probe.
    long beyondTheWindow = (messages - 32) * (64L << 10);
    long probeBytes = beyondTheWindow - channel.bufferedAmount();
    assertThat(probeBytes).isBetween(1L, 1200L);
    pair.runMs(300_000);
    assertThat(channel.bufferedAmount()).isEqualTo(beyondTheWindow - probeBytes);
    List<Integer> received = new ArrayList<>();
    incoming.get(0).onMessage(message -> received.add(message.bytes().length));
    assertThat(pair.runUntil(() -> received.size() == messages, 60)).isTrue();
    assertThat(channel.bufferedAmount()).isZero();
    pair.assertNothingLeft();
  }

  @Test
  void staysQuietWhenIdle() {
    PeerPair pair = new PeerPair(SimNetwork.with(11).delayMs(5));
    RTCDataChannel channel = pair.a.createDataChannel("idle", RTCDataChannelInit.DEFAULT);
    pair.negotiate();
    assertThat(pair.runUntil(() -> isOpen(channel), 10)).isTrue();
    pair.runMs(10_000);
    long before = pair.network.sent();
    pair.runMs(60_000);
    // Consent each 5 s from both sides with its reply, and an SCTP heartbeat each 30 s.
    assertThat(pair.network.sent() - before).isLessThan(80);
    pair.assertNothingLeft();
  }

  private static boolean isOpen(RTCDataChannel channel) {
    return channel.readyState() == RTCDataChannelState.OPEN;
  }

  /** Numbered messages of random sizes that keep the buffer filled. */
  private static final class Traffic {
    private static final int MAX_BYTES = 40_000;
    private static final long MAX_WAITING_BYTES = 128 << 10;

    final List<String> sent = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    private final RTCDataChannel sender;
    private final Random random;

    Traffic(RTCDataChannel sender, long seed) {
      this.sender = sender;
      random = new Random(seed);
      sender.bufferedAmountLowThreshold(MAX_WAITING_BYTES / 2);
      sender.onOpen(this::sendSome);
      sender.onBufferedAmountLow(this::sendSome);
    }

    void receiveOn(RTCDataChannel channel) {
      channel.onMessage(message -> received.add(describe(message.bytes())));
    }

    boolean isComplete() {
      return received.size() == MESSAGES;
    }

    private void sendSome() {
      while (sent.size() < MESSAGES && sender.bufferedAmount() < MAX_WAITING_BYTES) {
        byte[] message = new byte[4 + random.nextInt(MAX_BYTES)];
        random.nextBytes(message);
        ByteBuffer.wrap(message).putInt(sent.size());
        sent.add(describe(message));
        sender.send(message);
      }
    }

    private static String describe(byte[] message) {
      return ByteBuffer.wrap(message).getInt() + ":" + Arrays.hashCode(message);
    }

    @Override
    public String toString() {
      return received.size() + " of " + sent.size() + " arrived, " + sender.readyState();
    }
  }
}
