package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.ReConfigChunk;
import org.purertc.internal.sctp.packet.ReConfigParameter;
import org.purertc.internal.sctp.packet.ReConfigParameter.AddIncomingStreams;
import org.purertc.internal.sctp.packet.ReConfigParameter.AddOutgoingStreams;
import org.purertc.internal.sctp.packet.ReConfigParameter.IncomingSsnReset;
import org.purertc.internal.sctp.packet.ReConfigParameter.OutgoingSsnReset;
import org.purertc.internal.sctp.packet.ReConfigParameter.Response;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** RFC 6525. */
class StreamResetTest {

  private static void reset(SctpPair pair, SctpEnd end, int... streamIds) {
    end.association.resetStreams(streamIds, pair.nowNs());
  }

  @Test
  void resetsAStreamAfterItsMessages() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 3, bytes(100_000, 1));
    reset(pair, pair.a, 3);
    assertThat(pair.a.association.send(3, 53, new byte[1], SendOptions.RELIABLE, pair.nowNs()))
        .isEqualTo(SctpAssociation.SendResult.REFUSED);
    pair.runFor(ms(2_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.events).last().isEqualTo("incoming reset [3]");
    assertThat(pair.a.events).last().isEqualTo("outgoing reset [3]");
  }

  @Test
  void startsWithSequenceZeroAfterTheReset() {
    SctpPair pair = SctpPair.connected();
    for (int round = 0; round < 3; round++) {
      pair.send(pair.a, 3, new byte[] {1});
      pair.send(pair.b, 3, new byte[] {1});
      reset(pair, pair.a, 3);
      reset(pair, pair.b, 3);
      pair.runFor(ms(1_000));
    }
    assertThat(pair.a.received).hasSize(3);
    assertThat(pair.b.received).hasSize(3);
    assertThat(pair.a.events).hasSize(1 + 6);
    assertThat(pair.b.events).hasSize(1 + 6);
  }

  @Test
  void resetsManyStreamsInSeveralRequests() {
    SctpPair pair = SctpPair.connected();
    int[] all = new int[1000];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    reset(pair, pair.a, all);
    pair.runFor(ms(5_000));
    assertThat(pair.a.events.stream().filter(e -> e.startsWith("outgoing"))).hasSize(4);
    assertThat(pair.b.events.stream().filter(e -> e.startsWith("incoming"))).hasSize(4);
  }

  @Test
  void sendsALostRequestAndALostResponseAgain() {
    SctpPair pair = SctpPair.connected();
    int[] count = {0};
    pair.network.dropping(
        p -> SctpEnd.has(p.bytes(), ReConfigChunk.class) && List.of(0, 2).contains(count[0]++));
    reset(pair, pair.a, 1);
    pair.runFor(ms(20_000));
    assertThat(pair.a.events).last().isEqualTo("outgoing reset [1]");
    assertThat(pair.b.events).containsOnlyOnce("incoming reset [1]");
  }

  @Test
  void resetsBothWaysWhileDataIsLost() {
    for (long seed = 1; seed <= 20; seed++) {
      LossyNetwork network = LossyNetwork.with(seed).lossPercent(20).reorderPercent(10);
      SctpPair pair = SctpPair.over(network, seed);
      pair.connect();
      for (int i = 0; i < 20; i++) {
        pair.send(pair.a, i % 4, bytes(3000, i));
        pair.send(pair.b, i % 4, bytes(3000, i));
      }
      reset(pair, pair.a, 0, 1);
      reset(pair, pair.b, 1, 2);
      pair.runFor(ms(120_000));
      assertThat(pair.a.received).as("seed " + seed).hasSize(20);
      assertThat(pair.b.received).as("seed " + seed).hasSize(20);
      for (SctpEnd end : List.of(pair.a, pair.b)) {
        long resets = end.events.stream().filter(e -> e.contains("reset")).count();
        assertThat(resets).as("resets, seed " + seed + end.events).isBetween(2L, 4L);
      }
      pair.send(pair.a, 1, new byte[] {1});
      pair.runUntilIdle(ms(60_000));
      assertThat(pair.b.received).as("after reset, seed " + seed).hasSize(21);
    }
  }

  /** What a peer that sends requests by hand is told. */
  private static Response answer(SctpPair pair, ReConfigParameter request) {
    pair.a.nowNs = pair.nowNs();
    pair.a.takePackets();
    // Any packet of b serves as the envelope.
    pair.send(pair.b, 9, new byte[] {1});
    pair.b.nowNs = pair.nowNs();
    pair.b.drain();
    byte[] envelope = pair.b.takePackets().get(0);
    try {
      long tag = new PacketReader(envelope, 0, envelope.length, Checksum.CRC32C).verificationTag();
      byte[] packet = new byte[200];
      int length =
          new PacketWriter(packet, 0, packet.length)
              .header(5000, 5000, tag)
              .add(ReConfigChunk.of(request))
              .finish(Checksum.CRC32C);
      pair.a.association.receive(packet, 0, length, pair.nowNs());
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
    pair.a.drain();
    for (byte[] packet : pair.a.takePackets()) {
      for (Chunk chunk : SctpEnd.chunks(packet)) {
        if (chunk instanceof ReConfigChunk reConfig
            && reConfig.parameters().get(0) instanceof Response response) {
          return response;
        }
      }
    }
    throw new AssertionError("no response");
  }

  /** b's first TSN, with which its request sequence begins too. */
  private static long initialTsn(SctpEnd end, long seed) {
    SctpEnd twin = SctpEnd.with(seed);
    twin.connect(0);
    byte[] init = twin.sentPackets.get(0);
    try {
      ByteReader in = new ByteReader(init);
      in.skip(12 + 16);
      return in.u32();
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void acceptsMoreStreamsOfThePeer() {
    SctpConfig few = new SctpConfig(5000, 5000, 1000, 100_000, 256, 65_535);
    SctpPair pair = new SctpPair(LossyNetwork.with(1), few, 1);
    pair.connect();
    pair.runFor(ms(100));
    long sequence = initialTsn(pair.b, 1 * 2 + 2);
    assertThat(answer(pair, new AddOutgoingStreams(sequence, 256)).result())
        .isEqualTo(Response.PERFORMED);
    assertThat(answer(pair, new AddOutgoingStreams(sequence + 1, 65_535)).result())
        .isEqualTo(Response.DENIED);
  }

  @Test
  void asksForMoreStreamsWhenThePeerWantsIt() {
    SctpConfig few = new SctpConfig(5000, 5000, 1000, 100_000, 256, 65_535);
    SctpPair pair = new SctpPair(LossyNetwork.with(1), few, 1);
    pair.connect();
    pair.runFor(ms(100));
    long sequence = initialTsn(pair.b, 1 * 2 + 2);
    assertThat(answer(pair, new AddIncomingStreams(sequence, 44)).result())
        .isEqualTo(Response.PERFORMED);
    pair.runFor(ms(5_000));
    assertThat(pair.a.events).last().isEqualTo("outbound streams 300");
  }

  /** RFC 6525 section 5.2.3. */
  @Test
  void resetsItsOwnStreamsWhenThePeerWantsIt() {
    SctpPair pair = SctpPair.connected();
    long sequence = initialTsn(pair.b, 1 * 2 + 2);
    assertThat(answer(pair, new IncomingSsnReset(sequence, new int[] {4})).result())
        .isEqualTo(Response.PERFORMED);
    pair.runFor(ms(5_000));
    assertThat(pair.a.events).last().isEqualTo("outgoing reset [4]");
    assertThat(pair.b.events).last().isEqualTo("incoming reset [4]");
  }

  @Test
  void answersARepeatedRequestAlikeAndAWrongSequenceNever() {
    SctpPair pair = SctpPair.connected();
    long sequence = initialTsn(pair.b, 1 * 2 + 2);
    int[] ids = {1};
    OutgoingSsnReset request = new OutgoingSsnReset(sequence, 0, sequence - 1, ids);
    assertThat(answer(pair, request).result()).isEqualTo(Response.PERFORMED);
    assertThat(answer(pair, request).result()).isEqualTo(Response.PERFORMED);
    assertThat(pair.a.events).containsOnlyOnce("incoming reset [1]");
    OutgoingSsnReset wrong = new OutgoingSsnReset(sequence + 7, 0, sequence - 1, ids);
    assertThat(answer(pair, wrong).result()).isEqualTo(Response.BAD_SEQUENCE_NUMBER);
  }

  /** RFC 6525 section 5.2.2 E2: the reset waits for data that is on its way. */
  @Test
  void saysInProgressUntilTheDataCame() {
    SctpPair pair = SctpPair.connected();
    long sequence = initialTsn(pair.b, 1 * 2 + 2);
    int[] ids = {9};
    OutgoingSsnReset request = new OutgoingSsnReset(sequence, 0, sequence, ids);
    assertThat(answer(pair, request).result()).isEqualTo(Response.IN_PROGRESS);
    pair.runUntilIdle(ms(10_000));
    assertThat(pair.a.events).last().isEqualTo("incoming reset [9]");
    assertThat(answer(pair, request).result()).isEqualTo(Response.PERFORMED);
  }
}
