package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.Peers.await;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static String next(BlockingQueue<RTCMessage> received) throws InterruptedException {
    RTCMessage message = received.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      return "nothing";
    }
    return message.isText() ? "text:" + message.text() : "binary:" + Arrays.hashCode(message.bytes());
  }
}
