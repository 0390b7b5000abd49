package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.SackChunk;

/** RFC 9260 section 6: messages over a network of which the test knows what it loses. */
class DataTransferTest {

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void carriesAMessageOf256KiB() {
    SctpPair pair = SctpPair.connected();
    byte[] message = bytes(256 << 10, 1);
    pair.send(pair.a, 3, message);
    pair.runUntilIdle(ms(10_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.received.get(0).bytes()).isEqualTo(message);
    assertThat(pair.b.received.get(0).streamId()).isEqualTo(3);
    assertThat(pair.a.sentBytes).isEqualTo(message.length);
  }

  @Test
  void sendsALostChunkAgainWhenT3Expires() {
    SctpPair pair = SctpPair.connected();
    int[] lost = {0};
    pair.network.dropping(p -> !p.toA() && SctpEnd.hasData(p.bytes()) && lost[0]++ == 0);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(399));
    assertThat(pair.b.received).isEmpty();
    pair.runFor(ms(20));
    assertThat(pair.b.received).hasSize(1);
  }

  /** Section 6.3.3: the time doubles while nothing is acknowledged. */
  @Test
  void doublesTheTimeOfT3() {
    SctpPair pair = SctpPair.connected();
    List<Long> sentNs = new ArrayList<>();
    pair.network.dropping(
        p -> {
          sentNs.add(pair.nowNs());
          return true;
        });
    long startNs = pair.nowNs();
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(3000));
    assertThat(sentNs)
        .containsExactly(
            startNs, startNs + ms(400), startNs + ms(400 + 800), startNs + ms(400 + 800 + 1600));
  }

  /** Section 8.1: Association.Max.Retrans. */
  @Test
  void closesAfterTenRetransmissionsWithoutAnswer() {
    SctpPair pair = SctpPair.connected();
    pair.network.up(false);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(600_000));
    assertThat(pair.a.events).last().isEqualTo("closed the peer does not answer");
  }

  /** Section 7.2.4: three SACKs that miss a chunk send it again without T3. */
  @Test
  void sendsALostChunkAgainAfterThreeMissIndications() {
    SctpPair pair = SctpPair.connected();
    int[] count = {0};
    pair.network.dropping(p -> SctpEnd.hasData(p.bytes()) && count[0]++ == 1);
    byte[] message = bytes(9_000, 2);
    pair.send(pair.a, 0, message);
    pair.runFor(ms(50));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.received.get(0).bytes()).isEqualTo(message);
  }

  /** Section 6.2: at least every second packet is acknowledged. */
  @Test
  void acknowledgesEverySecondPacketAtOnce() {
    SctpPair pair = SctpPair.connected();
    List<Long> sacksNs = new ArrayList<>();
    pair.network.dropping(
        p -> {
          if (SctpEnd.has(p.bytes(), SackChunk.class)) {
            sacksNs.add(pair.nowNs());
          }
          return false;
        });
    long startNs = pair.nowNs();
    pair.send(pair.a, 0, bytes(1000, 1));
    pair.send(pair.a, 0, bytes(1000, 2));
    pair.send(pair.a, 0, bytes(1000, 3));
    pair.runFor(ms(500));
    assertThat(pair.b.received).hasSize(3);
    assertThat(sacksNs).containsExactly(startNs + ms(10));
  }

  /** Section 6.2: one packet alone is acknowledged within 200 ms. */
  @Test
  void delaysTheSackOfASinglePacket() {
    SctpPair pair = SctpPair.connected();
    List<Long> sacksNs = new ArrayList<>();
    pair.network.dropping(
        p -> {
          if (SctpEnd.has(p.bytes(), SackChunk.class)) {
            sacksNs.add(pair.nowNs());
          }
          return false;
        });
    long startNs = pair.nowNs();
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(500));
    assertThat(sacksNs).containsExactly(startNs + ms(210));
  }

  /** Section 6.2: a SACK rides along with DATA. */
  @Test
  void bundlesASackWithAnAnswer() {
    SctpPair pair = SctpPair.connected();
    pair.b.onMessage = () -> pair.send(pair.b, 0, new byte[] {2});
    List<List<Chunk>> answers = new ArrayList<>();
    pair.network.dropping(
        p -> {
          if (p.toA()) {
            answers.add(SctpEnd.chunks(p.bytes()));
          }
          return false;
        });
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(15));
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).get(0)).isInstanceOf(SackChunk.class);
    assertThat(answers.get(0).get(1)).isInstanceOf(DataChunk.class);
  }

  @Test
  void packsSmallMessagesIntoOnePacket() {
    SctpPair pair = SctpPair.connected();
    for (int i = 0; i < 30; i++) {
      pair.send(pair.a, i, new byte[] {(byte) i});
    }
    pair.a.nowNs = pair.nowNs();
    assertThat(pair.a.drain()).isEqualTo(1);
    assertThat(SctpEnd.chunks(pair.a.takePackets().get(0))).hasSize(30);
  }

  /** RFC 8260 section 3.6: a small message need not wait for a large one of another stream. */
  @Test
  void aSmallMessagePassesLargeOnesOfOtherStreams() {
    SctpPair pair = SctpPair.connected();
    for (int i = 0; i < 10; i++) {
      pair.send(pair.a, 1, bytes(50_000, i));
    }
    pair.runFor(ms(1));
    pair.send(pair.a, 2, new byte[] {1});
    pair.runUntilIdle(ms(10_000));
    assertThat(pair.b.received.get(1).streamId()).isEqualTo(2);
  }

  /** Section 6.1 A: a closed window is probed with one chunk, and an answer is no error. */
  @Test
  void probesAClosedWindowUntilItOpens() {
    SctpConfig small = new SctpConfig(5000, 5000, 2_000, 4_000, 16, 16);
    SctpPair pair = new SctpPair(LossyNetwork.with(1), small, 1);
    pair.connect();
    pair.b.consumes = false;
    for (int i = 0; i < 40; i++) {
      pair.send(pair.a, 0, bytes(1_000, i));
    }
    pair.runFor(ms(300_000));
    assertThat(pair.b.received).as("messages in a window of 4,000 bytes").hasSize(4);
    assertThat(pair.a.association.isConnected()).isTrue();
    pair.b.consumes = true;
    pair.b.association.consumed(1_000 * pair.b.received.size(), pair.nowNs());
    pair.runUntilIdle(ms(1_000));
    assertThat(pair.b.received).hasSize(40);
  }

  /** Chunks out of order are given up for the one at cumulative TSN + 1. */
  @Test
  void twoHalfReceivedMessagesCannotBlockTheWindow() {
    SctpConfig small = new SctpConfig(5000, 5000, 20_000, 40_000, 16, 16);
    SctpPair pair = new SctpPair(LossyNetwork.with(1), small, 1);
    pair.connect();
    pair.runFor(ms(100));
    int[] count = {0};
    pair.network.dropping(p -> SctpEnd.hasData(p.bytes()) && count[0]++ % 7 == 0);
    for (int i = 0; i < 20; i++) {
      pair.send(pair.a, i % 2, bytes(20_000, i));
    }
    pair.runUntilIdle(ms(600_000));
    assertThat(pair.b.received).hasSize(20);
  }

  @Test
  void carries256KiBAtTheMinimumWindow() {
    SctpConfig minimum = new SctpConfig(5000, 5000, 256 << 10, 512 << 10, 16, 16);
    LossyNetwork network = LossyNetwork.with(1).lossPercent(2);
    SctpPair pair = new SctpPair(network, minimum, 1);
    pair.connect();
    pair.b.consumes = false;
    for (int i = 0; i < 3; i++) {
      pair.send(pair.a, i, bytes(256 << 10, i));
    }
    pair.runFor(ms(120_000));
    pair.b.consumes = true;
    pair.b.association.consumed(pair.b.received.size() * (256 << 10), pair.nowNs());
    pair.runUntilIdle(ms(120_000));
    assertThat(pair.b.received).hasSize(3);
  }

  @Test
  void queuesBeforeTheHandshakeAndCountsWhatWaits() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(1), 1);
    pair.send(pair.a, 0, bytes(1000, 1));
    assertThat(pair.a.association.queuedBytes()).isEqualTo(1000);
    assertThat(pair.a.association.isIdle()).isFalse();
    pair.connect();
    pair.runUntilIdle(ms(1_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.a.association.queuedBytes()).isZero();
  }

  /** The listener may call everything; its effects follow what already waits. */
  @Test
  void takesCallsFromInsideCallbacks() {
    SctpPair pair = SctpPair.connected();
    int[] echoes = {0};
    pair.b.onMessage =
        () -> {
          if (echoes[0]++ < 100) {
            pair.send(pair.b, 0, bytes(500, echoes[0]));
            pair.b.association.resetStreams(new int[] {5}, pair.nowNs());
          }
        };
    pair.a.onMessage = () -> pair.send(pair.a, 0, bytes(500, 0));
    pair.send(pair.a, 0, bytes(500, 0));
    pair.runUntilIdle(ms(60_000));
    assertThat(pair.b.received).hasSize(101);
  }

  @Test
  void isQuietAfterAnAbortFromInsideACallback() {
    SctpPair pair = SctpPair.connected();
    pair.b.onMessage = () -> pair.b.association.abort("enough", pair.nowNs());
    pair.send(pair.a, 0, new byte[] {1});
    pair.send(pair.a, 0, new byte[] {2});
    pair.runFor(ms(1_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.events).noneMatch(e -> e.startsWith("closed"));
    assertThat(pair.a.events)
        .last()
        .isEqualTo("closed the peer aborted: user-initiated abort: enough");
  }
}
