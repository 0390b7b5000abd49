package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** Packets of a real conversation, damaged, into streams that run. */
class StreamFuzzTest {
  private static final int SEEDS = 30;
  private static final int PACKETS_PER_SEED = 1_000;
  private static final int MAX_DATAGRAMS = 1_000;

  private static StreamPair conversation(long seed) {
    StreamPair pair = new StreamPair(SendEnd.video(SendEnd.IDS), 0xffff_fff0, seed).lossPercent(10);
    for (int i = 0; i < 40; i++) {
      pair.sendFrame(3_000, i * 3_000L);
      pair.runFor(33);
    }
    return pair;
  }

  private static byte[] damaged(List<byte[]> recorded, SplittableRandom random) {
    byte[] bytes = recorded.get(random.nextInt(recorded.size())).clone();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      // Headers are where damage matters.
      int end = random.nextBoolean() ? Math.min(bytes.length, 32) : bytes.length;
      bytes[random.nextInt(end)] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void damagedRtpHarmsNoStream() {
    for (long seed = 0; seed < SEEDS; seed++) {
      StreamPair pair = conversation(seed);
      SplittableRandom random = new SplittableRandom(seed);
      RtpPacket packet = new RtpPacket();
      try {
        for (int i = 0; i < PACKETS_PER_SEED; i++) {
          byte[] bytes = damaged(pair.sentRtp, random);
          feed(pair, packet, bytes, random.nextInt(bytes.length + 1));
        }
        assertBounded(pair, seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void feed(StreamPair pair, RtpPacket packet, byte[] bytes, int length) {
    try {
      packet.parse(bytes, 0, length);
      pair.router.receive(packet, pair.nowNs());
    } catch (MalformedPacketException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void damagedRtcpHarmsNoStream() {
    for (long seed = 0; seed < SEEDS; seed++) {
      StreamPair pair = conversation(seed);
      SplittableRandom random = new SplittableRandom(seed);
      try {
        for (int i = 0; i < PACKETS_PER_SEED; i++) {
          byte[] bytes = damaged(pair.sentRtcp, random);
          feed(i % 2 == 0 ? pair.senderRtcp : pair.receiverRtcp, bytes, pair.nowNs());
        }
        assertBounded(pair, seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void feed(RtcpSession session, byte[] bytes, long nowNs) {
    try {
      session.receive(bytes, 0, bytes.length, nowNs);
    } catch (MalformedPacketException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  /** A hostile sender's streams, and what is said about them, stay few. */
  private static void assertBounded(StreamPair pair, long seed) {
    assertThat(pair.router.streams().size())
        .as("seed %d", seed)
        .isLessThanOrEqualTo(RtpRouter.MAX_UNSIGNALLED);
    int before = pair.sentRtcp.size();
    pair.runFor(10_000);
    assertThat(pair.sentRtcp.size() - before).as("seed %d", seed).isLessThan(MAX_DATAGRAMS);
  }

  @Test
  void aRemoteThatAsksForEverythingGetsEachPacketOnceInARoundTrip() throws Exception {
    StreamPair pair = conversation(1);
    int before = pair.sentRtp.size();
    int[] all = new int[65_536];
    Arrays.setAll(all, i -> i);
    List<RtcpPacket> requests = new ArrayList<>();
    for (int from = 0; from < all.length; from += 4_000) {
      int end = Math.min(all.length, from + 4_000);
      requests.add(new Nack(9, SendEnd.SSRC, Arrays.copyOfRange(all, from, end)));
    }
    for (int round = 0; round < 20; round++) {
      for (RtcpPacket request : requests) {
        byte[] bytes = new byte[request.bytes()];
        request.write(new ByteWriter(bytes, 0));
        pair.senderRtcp.receive(bytes, 0, bytes.length, pair.nowNs());
      }
    }
    assertThat(pair.sentRtp.size() - before).isBetween(50, 40 * 3);
  }
}
