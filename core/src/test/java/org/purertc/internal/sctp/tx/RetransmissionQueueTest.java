package org.purertc.internal.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

/** RFC 9260 sections 6.1, 6.2.1, 6.3 and 7.2.4, SACK by SACK. */
class RetransmissionQueueTest {
  /** So close to the end that the numbers wrap. */
  private static final long INITIAL_TSN = 0xffff_fffcL;

  private static final int WINDOW = 100_000;
  private static final int PACKET = 1_028;
  private static final long MS = 1_000_000;

  private final SendQueue sendQueue = new SendQueue((stream, bytes) -> {});
  private final RetransmissionTimeout rto = new RetransmissionTimeout();
  private final byte[] buffer = new byte[2_000];
  private RetransmissionQueue queue;
  private long nowNs;

  @BeforeEach
  void begin() {
    var remote = new RetransmissionQueue.Remote(INITIAL_TSN, WINDOW, true);
    queue = new RetransmissionQueue(sendQueue, rto, remote, PACKET);
  }

  /** Each message fills one packet. */
  private void add(int messages) {
    for (int i = 0; i < messages; i++) {
      sendQueue.add(
          new OutgoingMessage(
              0, 53, new byte[1000], false, OutgoingMessage.UNLIMITED, OutgoingMessage.NEVER));
    }
  }

  /** TSNs of what is sent now, relative to the first one. */
  private List<Integer> produce() {
    List<Integer> sent = new ArrayList<>();
    while (true) {
      PacketWriter packet = new PacketWriter(buffer, 0, PACKET).header(5000, 5000, 1);
      queue.produceForwardTsn(packet, nowNs);
      queue.produce(packet, PACKET, nowNs);
      int length = packet.finish(Checksum.CRC32C);
      if (length == 0) {
        return sent;
      }
      try {
        PacketReader reader = new PacketReader(buffer, 0, length, Checksum.CRC32C);
        while (reader.hasNext()) {
          if (reader.next() instanceof DataChunk data) {
            sent.add((int) (data.tsn() - INITIAL_TSN));
          }
        }
      } catch (MalformedPacketException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * @param cumulative how many chunks are acknowledged in order
   * @param gaps first and last offset of each block
   */
  private boolean sack(int cumulative, int... gaps) {
    return sackWithWindow(WINDOW, cumulative, gaps);
  }

  private boolean sackWithWindow(long window, int cumulative, int... gaps) {
    long tsn = INITIAL_TSN + cumulative - 1 & 0xffff_ffffL;
    return queue.onSack(new SackChunk(tsn, window, gaps, new long[0]), nowNs);
  }

  @Test
  void sendsNoMoreThanTheCongestionWindow() {
    add(30);
    assertThat(produce()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(queue.flightBytes()).isEqualTo(queue.congestionWindowBytes());
  }

  @Test
  void stopsT3WhenEverythingIsAcknowledged() {
    add(3);
    produce();
    assertThat(queue.nextDeadlineNs()).isEqualTo(1000 * MS);
    assertThat(sack(3)).isTrue();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  /** Section 6.3.2 R3. */
  @Test
  void startsT3AgainWhenTheCumulativeTsnAdvances() {
    add(3);
    produce();
    nowNs = 100 * MS;
    sack(1);
    assertThat(queue.nextDeadlineNs()).isEqualTo(nowNs + rto.rtoNs());
    nowNs = 200 * MS;
    sack(1, 2, 2);
    assertThat(queue.nextDeadlineNs()).isEqualTo(100 * MS + rto.rtoNs());
  }

  @Test
  void sendsAgainWhatThreeLaterPacketsPassed() {
    add(6);
    produce();
    sack(1, 2, 2);
    assertThat(produce()).isEmpty();
    sack(1, 2, 3);
    assertThat(produce()).isEmpty();
    sack(1, 2, 4);
    assertThat(produce()).containsExactly(1);
  }

  @Test
  void oneSackOfThreePacketsIsThreeIndications() {
    add(6);
    produce();
    sack(1, 2, 4);
    assertThat(produce()).containsExactly(1);
  }

  /** A repeated SACK reports nothing new, so nothing is missed once more. */
  @Test
  void aRepeatedSackIsNoIndication() {
    add(6);
    produce();
    for (int i = 0; i < 10; i++) {
      sack(1, 2, 3);
    }
    assertThat(produce()).isEmpty();
  }

  /** Section 7.2.4: the window is halved once, until the exit point is acknowledged. */
  @Test
  void halvesTheWindowOnceInFastRecovery() {
    add(10);
    produce();
    long before = queue.congestionWindowBytes();
    sack(0, 2, 4);
    sack(0, 2, 4, 6, 9);
    assertThat(queue.congestionWindowBytes()).isEqualTo(before / 2);
    assertThat(produce()).containsExactly(0, 4);
  }

  /** Section 6.3.3. */
  @Test
  void sendsOnePacketAgainWhenT3Expires() {
    add(5);
    produce();
    nowNs = 1000 * MS;
    assertThat(queue.onDeadline(nowNs)).isEqualTo(RetransmissionQueue.Timeout.ERROR);
    assertThat(produce()).containsExactly(0);
    assertThat(queue.nextDeadlineNs()).isEqualTo(nowNs + 2000 * MS);
    sack(1);
    assertThat(produce()).containsExactly(1, 2);
  }

  /** Karn, section 6.3.1 C5. */
  @Test
  void measuresNoRoundTripWithWhatWasSentAgain() {
    add(1);
    produce();
    nowNs = 1000 * MS;
    queue.onDeadline(nowNs);
    produce();
    nowNs = 1100 * MS;
    sack(1);
    assertThat(rto.smoothedNs()).isEqualTo(-1);
  }

  @Test
  void measuresARoundTrip() {
    add(2);
    produce();
    nowNs = 70 * MS;
    sack(2);
    assertThat(rto.smoothedNs()).isEqualTo(70 * MS);
  }

  /** Section 6.2: the receiver may drop what only gap blocks acknowledged. */
  @Test
  void sendsAgainWhatThePeerReneged() {
    add(4);
    produce();
    sack(1, 2, 3);
    sack(1);
    assertThat(queue.flightBytes()).isEqualTo(3 * 1016);
    nowNs = 5000 * MS;
    queue.onDeadline(nowNs);
    produce();
    sack(2);
    assertThat(produce()).containsExactly(2, 3);
    sack(4);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.flightBytes()).isZero();
  }

  @Test
  void ignoresASackOfWhatWasNeverSent() {
    add(3);
    produce();
    assertThat(sack(4)).isFalse();
    assertThat(sack(1_000_000)).isFalse();
    assertThat(queue.flightBytes()).isEqualTo(3 * 1016);
    assertThat(sack(3)).isTrue();
  }

  @Test
  void ignoresAnOldSack() {
    add(3);
    produce();
    sack(2);
    assertThat(sack(1, 2, 2)).isFalse();
    assertThat(queue.flightBytes()).isEqualTo(1016);
  }

  @Test
  void ignoresGapBlocksThatOverlapOrReachTooFar() {
    add(8);
    produce();
    sack(1, 2, 3, 2, 3, 3, 5, 1, 1, 60_000, 65_535);
    assertThat(queue.flightBytes()).isEqualTo(5 * 1016);
    sack(8);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.flightBytes()).isZero();
  }

  /** Whatever SACKs say, the counters come out even. */
  @Test
  void anySequenceOfSacksLeavesNothingInTheEnd() {
    for (long seed = 1; seed <= 200; seed++) {
      begin();
      Random random = new Random(seed);
      int acked = 0;
      int sentHighest = 0;
      add(40);
      for (int i = 0; i < 100; i++) {
        for (int tsn : produce()) {
          sentHighest = Math.max(sentHighest, tsn + 1);
        }
        int[] gaps = new int[2 * random.nextInt(5)];
        for (int g = 0; g < gaps.length; g += 2) {
          gaps[g] = 1 + random.nextInt(30);
          gaps[g + 1] = gaps[g] + random.nextInt(4);
        }
        acked = Math.min(sentHighest, acked + random.nextInt(3));
        sackWithWindow(random.nextInt(10) == 0 ? 0 : WINDOW, acked, gaps);
        nowNs += random.nextInt(300) * MS;
        queue.onDeadline(nowNs);
      }
      while (!sendQueue.isEmpty() || !queue.isEmpty()) {
        for (int tsn : produce()) {
          sentHighest = Math.max(sentHighest, tsn + 1);
        }
        sack(sentHighest);
      }
      assertThat(queue.flightBytes()).as("seed " + seed).isZero();
      assertThat(queue.nextDeadlineNs()).as("seed " + seed).isEqualTo(Timer.NEVER);
    }
  }

  /** Section 6.1 A. */
  @Test
  void sendsOneChunkIntoAClosedWindow() {
    add(5);
    produce();
    sackWithWindow(0, 5);
    add(5);
    assertThat(produce()).containsExactly(5);
    sackWithWindow(0, 6);
    assertThat(produce()).containsExactly(6);
    nowNs = 10_000 * MS;
    assertThat(queue.onDeadline(nowNs)).isEqualTo(RetransmissionQueue.Timeout.PROBE);
    assertThat(produce()).containsExactly(6);
  }

  @Test
  void sendsASwallowedProbeAgainAsSoonAsTheWindowOpens() {
    add(5);
    produce();
    sackWithWindow(0, 5);
    add(2);
    produce();
    sackWithWindow(0, 5);
    assertThat(produce()).isEmpty();
    sackWithWindow(WINDOW, 5);
    assertThat(produce()).containsExactly(5, 6);
  }

  @Test
  void keepsToThePeersWindow() {
    add(10);
    assertThat(produce()).hasSize(10);
    sackWithWindow(2_500, 10);
    add(10);
    assertThat(produce()).containsExactly(10, 11);
  }
}
