package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.HeartbeatChunk;
import org.purertc.internal.util.Timer;

/** HEARTBEAT (RFC 9260 section 8.3), and a path that goes, comes and changes. */
class PathTest {

  @Test
  void sendsAHeartbeatOnAnIdlePath() {
    SctpPair pair = SctpPair.connected();
    int[] heartbeats = {0};
    pair.network.dropping(
        p -> {
          heartbeats[0] += SctpEnd.has(p.bytes(), HeartbeatChunk.class) ? 1 : 0;
          return false;
        });
    pair.runFor(ms(25_000));
    assertThat(heartbeats[0]).isZero();
    pair.runFor(ms(7_000));
    assertThat(heartbeats[0]).isEqualTo(2);
    pair.runFor(ms(300_000));
    assertThat(heartbeats[0]).isBetween(14, 24);
    assertThat(pair.a.association.isConnected()).isTrue();
    assertThat(pair.a.association.roundTripNs()).isEqualTo(ms(20));
  }

  @Test
  void closesWhenHeartbeatsAreNeverAnswered() {
    SctpPair pair = SctpPair.connected();
    pair.network.up(false);
    pair.runFor(ms(600_000));
    assertThat(pair.a.events).last().isEqualTo("closed the peer does not answer");
  }

  @Test
  void anOutageDoesNotAbort() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, bytes(50_000, 1));
    pair.a.association.pathDown(pair.nowNs());
    pair.b.association.pathDown(pair.nowNs());
    assertThat(pair.a.association.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    pair.runFor(ms(3_600_000));
    assertThat(pair.b.received).isEmpty();
    pair.a.association.pathUp(pair.nowNs());
    pair.b.association.pathUp(pair.nowNs());
    pair.runFor(ms(500));
    assertThat(pair.b.received).hasSize(1);
  }

  @Test
  void sendsAgainAtOnceOnAnotherPath() {
    SctpPair pair = SctpPair.connected();
    pair.network.up(false);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(100));
    pair.network.up(true);
    pair.a.association.pathChanged(pair.nowNs());
    pair.runFor(ms(15));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.a.association.roundTripNs()).isEqualTo(-1);
  }

  @Test
  void sendsWhatTimedOutAtOnceWhenTheSamePathIsConfirmed() {
    SctpPair pair = SctpPair.connected();
    pair.network.up(false);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(8_000));
    pair.network.up(true);
    pair.a.association.pathConfirmed(pair.nowNs());
    pair.runFor(ms(15));
    assertThat(pair.b.received).hasSize(1);
  }

  @Test
  void tellsEachTimeThatNothingIsAcknowledgedInTime() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(5_000));
    assertThat(pair.a.timeouts).isZero();
    pair.network.up(false);
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(8_000));
    assertThat(pair.a.timeouts).isBetween(3, 4); // after 0.4, 1.2, 2.8 and 6 s
    assertThat(pair.b.timeouts).isZero();
  }

  @Test
  void keepsItsRoundTripWhenASoundPathIsConfirmed() {
    SctpPair pair = SctpPair.connected();
    pair.send(pair.a, 0, new byte[] {1});
    pair.runFor(ms(1_000));
    long before = pair.a.association.roundTripNs();
    pair.a.association.pathConfirmed(pair.nowNs());
    assertThat(before).isPositive();
    assertThat(pair.a.association.roundTripNs()).isEqualTo(before);
  }

  /** A chunk cannot be cut anew, so its packet stays as long as it was. */
  @Test
  void goesOnWhenThePathMtuShrinks() {
    SctpPair pair = SctpPair.connected();
    pair.a.packetBytes = 16_000;
    pair.network.up(false);
    pair.send(pair.a, 0, bytes(100_000, 1));
    pair.runFor(ms(100));
    pair.network.up(true);
    pair.a.packetBytes = 1_160;
    pair.a.association.pathChanged(pair.nowNs());
    pair.runUntilIdle(ms(10_000));
    assertThat(pair.b.received).hasSize(1);
  }

  @Test
  void keepsConnectingOnAnotherPath() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(1), 1);
    pair.network.up(false);
    pair.a.association.connect(0);
    pair.runFor(ms(50));
    pair.network.up(true);
    pair.a.association.pathChanged(pair.nowNs());
    pair.runFor(ms(100));
    assertThat(pair.a.association.isConnected()).isTrue();
  }
}
