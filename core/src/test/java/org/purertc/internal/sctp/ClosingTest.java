package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.ShutdownCompleteChunk;
import org.purertc.internal.util.Timer;

/** RFC 9260 section 9. */
class ClosingTest {

  @Test
  void shutsDownAfterEverythingWasAcknowledged() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, bytes(100_000, 1));
    pair.send(pair.b, 0, bytes(100_000, 2));
    pair.a.association.shutdown(pair.nowNs());
    assertThat(pair.a.association.send(0, 53, new byte[1], SendOptions.RELIABLE, pair.nowNs()))
        .isEqualTo(SctpAssociation.SendResult.REFUSED);
    pair.runFor(ms(5_000));
    assertThat(pair.a.received).hasSize(1);
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.a.events).last().isEqualTo("closed orderly");
    assertThat(pair.b.events).last().isEqualTo("closed orderly");
  }

  @Test
  void shutsDownFromBothSidesAtOnce() {
    SctpPair pair = SctpPair.connected();
    pair.a.association.shutdown(pair.nowNs());
    pair.b.association.shutdown(pair.nowNs());
    pair.runFor(ms(5_000));
    assertThat(pair.a.events).last().isEqualTo("closed orderly");
    assertThat(pair.b.events).last().isEqualTo("closed orderly");
  }

  @Test
  void shutsDownUnderLoss() {
    for (long seed = 1; seed <= 30; seed++) {
      LossyNetwork network = LossyNetwork.with(seed).lossPercent(30);
      SctpPair pair = SctpPair.over(network, seed);
      pair.connect();
      pair.send(pair.a, 0, bytes(20_000, 1));
      pair.send(pair.b, 0, bytes(20_000, 2));
      pair.a.association.shutdown(pair.nowNs());
      pair.runFor(ms(600_000));
      assertThat(pair.a.events).as("seed " + seed).last().isEqualTo("closed orderly");
      assertThat(pair.b.events).as("seed " + seed).last().isEqualTo("closed orderly");
      assertThat(pair.b.received).as("seed " + seed).hasSize(1);
    }
  }

  /** Section 8.4: whoever ended tells one that still asks. */
  @Test
  void answersShutdownAckAgainWhenShutdownCompleteWasLost() {
    SctpPair pair = SctpPair.connected();
    int[] count = {0};
    pair.network.dropping(
        p -> SctpEnd.has(p.bytes(), ShutdownCompleteChunk.class) && count[0]++ == 0);
    pair.a.association.shutdown(pair.nowNs());
    pair.runFor(ms(5_000));
    assertThat(pair.b.events).last().isEqualTo("closed orderly");
    assertThat(count[0]).isEqualTo(2);
  }

  @Test
  void abortsWithAReasonAndIsQuietAfterwards() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, bytes(100_000, 1));
    pair.a.association.abort("going home", pair.nowNs());
    pair.a.drain();
    assertThat(pair.a.sentPackets).hasSize(1);
    assertThat(pair.a.association.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(pair.a.association.queuedBytes()).isZero();
    for (byte[] packet : pair.a.takePackets()) {
      pair.b.receive(packet);
    }
    assertThat(pair.b.events)
        .last()
        .isEqualTo("closed the peer aborted: user-initiated abort: going home");
    assertThat(pair.b.association.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(pair.b.drain()).isZero();
    assertThat(pair.a.events).hasSize(1);
  }

  @Test
  void abortBeforeTheHandshakeSendsNothing() {
    SctpEnd end = SctpEnd.with(1);
    end.association.abort("no", 0);
    assertThat(end.drain()).isZero();
    end.connect(0);
    assertThat(end.sentPackets).isEmpty();
  }

  @Test
  void takesNothingAfterTheEnd() {
    SctpPair pair = SctpPair.connected();
    pair.a.association.abort("x", pair.nowNs());
    assertThat(pair.a.association.send(0, 53, new byte[1], SendOptions.RELIABLE, pair.nowNs()))
        .isEqualTo(SctpAssociation.SendResult.REFUSED);
    pair.a.association.consumed(10, pair.nowNs());
    pair.a.association.resetStreams(new int[] {1}, pair.nowNs());
    pair.a.association.shutdown(pair.nowNs());
    pair.a.association.pathChanged(pair.nowNs());
    assertThat(pair.a.events).hasSize(1);
  }
}
