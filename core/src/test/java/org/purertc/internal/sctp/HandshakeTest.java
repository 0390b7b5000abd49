package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.SctpPair.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.CookieAckChunk;
import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.InitAckChunk;
import org.purertc.internal.util.Timer;

/** RFC 9260 section 5. */
class HandshakeTest {
  private static final long SEED = 7;

  @Test
  void retransmitsInitAfterOneSecondThenTwo() {
    SctpEnd client = SctpEnd.with(SEED);
    client.connect(0);
    assertThat(client.sentPackets).hasSize(1);
    client.advanceTo(ms(999));
    assertThat(client.sentPackets).hasSize(1);
    client.advanceTo(ms(1000));
    assertThat(client.sentPackets).hasSize(2);
    client.advanceTo(ms(2999));
    assertThat(client.sentPackets).hasSize(2);
    client.advanceTo(ms(3000));
    assertThat(client.sentPackets).hasSize(3);
  }

  @Test
  void startsWithThreeRoundTripsThatIceMeasured() {
    SctpEnd client = SctpEnd.with(SEED);
    client.association.initialRoundTrip(ms(100));
    client.connect(0);
    assertThat(client.association.nextDeadlineNs()).isEqualTo(ms(300));
  }

  @Test
  void givesUpAfterEightRetransmissionsOfInit() {
    SctpEnd client = SctpEnd.with(SEED);
    client.connect(0);
    client.advanceTo(ms(1_000_000));
    assertThat(client.sentPackets).hasSize(9);
    assertThat(client.events).containsExactly("closed the peer does not answer the SCTP handshake");
    assertThat(client.association.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void connectsFromOneSide() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(SEED), SEED);
    pair.a.association.connect(0);
    pair.runFor(ms(100));
    assertThat(pair.a.events).containsExactly("connected 65535/65535");
    assertThat(pair.b.events).containsExactly("connected 65535/65535");
  }

  @Test
  void connectsWhenBothSendInitAtOnce() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(SEED), SEED);
    pair.connect();
    pair.runFor(ms(100));
    assertThat(pair.a.events).containsExactly("connected 65535/65535");
    assertThat(pair.b.events).containsExactly("connected 65535/65535");
    assertThat(pair.a.association.roundTripNs()).isEqualTo(ms(20));
  }

  @Test
  void agreesOnTheSmallerNumberOfStreams() {
    LossyNetwork network = LossyNetwork.with(SEED);
    SctpConfig few = new SctpConfig(5000, 5000, 1000, 100_000, 16, 32);
    SctpPair pair = new SctpPair(network, few, SEED);
    pair.connect();
    pair.runFor(ms(100));
    assertThat(pair.a.events).containsExactly("connected 16/16");
  }

  @Test
  void bundlesDataWithCookieEcho() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(SEED), SEED);
    pair.a.association.connect(0);
    pair.send(pair.a, 1, new byte[] {1});
    pair.runFor(ms(30));
    assertThat(pair.b.received).hasSize(1);
  }

  @Test
  void sendsCookieEchoAgainWithItsDataWhenItWasLost() {
    LossyNetwork network = LossyNetwork.with(SEED);
    int[] echoes = {0};
    network.dropping(p -> SctpEnd.has(p.bytes(), CookieEchoChunk.class) && echoes[0]++ < 2);
    SctpPair pair = SctpPair.over(network, SEED);
    pair.a.association.connect(0);
    pair.send(pair.a, 1, new byte[] {1});
    pair.runUntilIdle(ms(20_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.a.association.isConnected()).isTrue();
  }

  @Test
  void answersARepeatedCookieEchoWithCookieAckAgain() {
    LossyNetwork network = LossyNetwork.with(SEED);
    int[] acks = {0};
    network.dropping(p -> SctpEnd.has(p.bytes(), CookieAckChunk.class) && acks[0]++ < 2);
    SctpPair pair = SctpPair.over(network, SEED);
    pair.a.association.connect(0);
    pair.runFor(ms(20_000));
    assertThat(pair.a.events).containsExactly("connected 65535/65535");
    assertThat(pair.b.events).containsExactly("connected 65535/65535");
  }

  /** Only an established peer sends DATA with our tag. */
  @Test
  void dataTellsThatTheCookieAckWasLost() {
    LossyNetwork network = LossyNetwork.with(SEED);
    network.dropping(p -> SctpEnd.has(p.bytes(), CookieAckChunk.class));
    SctpPair pair = SctpPair.over(network, SEED);
    pair.a.association.connect(0);
    pair.runFor(ms(35));
    pair.send(pair.b, 1, new byte[] {1});
    pair.runFor(ms(15));
    assertThat(pair.a.events).containsExactly("connected 65535/65535");
    assertThat(pair.a.received).hasSize(1);
  }

  @Test
  void anInitLeavesNothingBehind() {
    SctpEnd server = SctpEnd.with(SEED);
    for (int i = 0; i < 100; i++) {
      SctpEnd client = SctpEnd.with(SEED + 1 + i);
      client.connect(0);
      server.receive(client.sentPackets.get(0));
      assertThat(server.association.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    }
    assertThat(server.drain()).isLessThanOrEqualTo(32);
    assertThat(server.sentPackets).allMatch(p -> SctpEnd.has(p, InitAckChunk.class));
    assertThat(server.association.isConnected()).isFalse();
  }

  @Test
  void dropsAPacketWithAWrongVerificationTag() {
    SctpPair pair = SctpPair.connected();
    SctpEnd stranger = SctpEnd.with(99);
    SctpEnd other = SctpEnd.with(98);
    stranger.connect(0);
    other.receive(stranger.sentPackets.get(0));
    other.drain();
    long before = pair.a.association.malformedPackets();
    pair.a.receive(other.sentPackets.get(0));
    assertThat(pair.a.association.malformedPackets()).isEqualTo(before + 1);
    assertThat(pair.a.association.isConnected()).isTrue();
  }
}
