package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ErrorChunk;
import org.purertc.internal.sctp.packet.InitAckChunk;
import org.purertc.internal.sctp.packet.InitChunk;

/** COOKIE ECHO in every state: RFC 9260 sections 5.2.4 and 5.2.6. */
class RestartTest {

  /** All packets of one end go to the other, without delay. */
  private static void exchange(SctpEnd from, SctpEnd to) {
    from.drain();
    for (byte[] packet : from.takePackets()) {
      to.receive(packet);
    }
  }

  private static Chunk firstChunk(SctpEnd end) {
    end.drain();
    List<byte[]> packets = end.takePackets();
    assertThat(packets).hasSize(1);
    return SctpEnd.chunks(packets.get(0)).get(0);
  }

  /** Case A. */
  @Test
  void followsAPeerThatRestarted() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, bytes(100_000, 1));
    pair.send(pair.b, 0, bytes(100_000, 1));
    pair.drain();
    pair.network.clear();
    SctpEnd reborn = SctpEnd.with(77);
    reborn.connect(0);
    for (int i = 0; i < 5; i++) {
      exchange(reborn, pair.a);
      exchange(pair.a, reborn);
    }
    assertThat(pair.a.events).containsExactly("connected 65535/65535", "restarted");
    assertThat(reborn.events).containsExactly("connected 65535/65535");
    reborn.association.send(0, 53, new byte[] {1}, SendOptions.RELIABLE, 0);
    pair.a.association.send(0, 53, new byte[] {2}, SendOptions.RELIABLE, pair.nowNs());
    exchange(reborn, pair.a);
    exchange(pair.a, reborn);
    assertThat(pair.a.received).hasSize(1);
    assertThat(reborn.received).hasSize(1);
  }

  /** Case D, after the cookie expired: it is still our association. */
  @Test
  void answersAnOldCookieOfTheSameAssociation() {
    SctpEnd client = SctpEnd.with(1);
    SctpEnd server = SctpEnd.with(2);
    client.connect(0);
    exchange(client, server);
    exchange(server, client);
    client.drain();
    byte[] echo = client.takePackets().get(0);
    server.receive(echo);
    server.nowNs = ms(100_000);
    server.drain();
    server.takePackets();
    server.receive(echo);
    server.drain();
    assertThat(server.takePackets()).hasSize(1);
    assertThat(server.events).hasSize(1);
  }

  /** Section 5.2.6: a new INIT asks for a cookie that lives longer. */
  @Test
  void asksAgainWhenItsCookieWasStale() {
    SctpEnd client = SctpEnd.with(1);
    SctpEnd server = SctpEnd.with(2);
    client.association.send(0, 53, new byte[] {1}, SendOptions.RELIABLE, 0);
    client.connect(0);
    exchange(client, server);
    exchange(server, client);
    client.drain();
    byte[] echo = client.takePackets().get(0);
    server.nowNs = CookieFactory.LIFETIME_NS + ms(1);
    server.receive(echo);
    server.drain();
    byte[] answer = server.takePackets().get(0);
    ErrorChunk error = (ErrorChunk) SctpEnd.chunks(answer).get(0);
    assertThat(error.causes().get(0).code()).isEqualTo(ErrorCause.STALE_COOKIE);
    assertThat(server.events).isEmpty();
    client.receive(answer);
    assertThat(firstChunk(client)).isInstanceOf(InitChunk.class);
    client.association.onDeadline(client.association.nextDeadlineNs());
    for (int i = 0; i < 4; i++) {
      exchange(client, server);
      exchange(server, client);
    }
    assertThat(client.events).containsExactly("connected 65535/65535");
    client.advanceTo(ms(5_000));
    exchange(client, server);
    assertThat(server.received).hasSize(1);
  }

  @Test
  void dropsACookieThatItDidNotSign() {
    SctpEnd client = SctpEnd.with(1);
    SctpEnd server = SctpEnd.with(2);
    SctpEnd stranger = SctpEnd.with(3);
    client.connect(0);
    exchange(client, server);
    exchange(server, client);
    client.drain();
    stranger.receive(client.takePackets().get(0));
    assertThat(stranger.association.malformedPackets()).isEqualTo(1);
    assertThat(stranger.events).isEmpty();
  }

  /** Case C: the cookie of an INIT from before both began. */
  @Test
  void ignoresALateCookie() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(1), 1);
    pair.b.connect(0);
    byte[] initOfB = pair.b.takePackets().get(0);
    pair.a.receive(initOfB);
    pair.a.drain();
    byte[] lateAck = pair.a.takePackets().get(0);
    assertThat(SctpEnd.has(lateAck, InitAckChunk.class)).isTrue();
    pair.b.receive(lateAck);
    pair.b.drain();
    byte[] lateEcho = pair.b.takePackets().get(0);
    assertThat(SctpEnd.has(lateEcho, CookieEchoChunk.class)).isTrue();
    pair.a.connect(0);
    exchange(pair.a, pair.b);
    exchange(pair.b, pair.a);
    pair.a.receive(lateEcho);
    assertThat(pair.a.events).isEmpty();
    for (int i = 0; i < 3; i++) {
      exchange(pair.a, pair.b);
      exchange(pair.b, pair.a);
    }
    assertThat(pair.a.events).containsExactly("connected 65535/65535");
    assertThat(pair.b.events).containsExactly("connected 65535/65535");
  }
}
