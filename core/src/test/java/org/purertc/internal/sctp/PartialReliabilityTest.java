package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.DataTransferTest.bytes;
import static org.purertc.internal.sctp.SctpPair.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;

/** RFC 3758 and RFC 7496. */
class PartialReliabilityTest {
  private static final SendOptions NEVER_AGAIN = new SendOptions(false, 0, -1);

  private static void loseFirstData(SctpPair pair, int packets) {
    int[] count = {0};
    pair.network.dropping(p -> !p.toA() && SctpEnd.hasData(p.bytes()) && count[0]++ < packets);
  }

  /** RFC 7496 section 3.2. */
  @Test
  void givesUpWhenTheRetransmissionsAreUsedUp() {
    SctpPair pair = SctpPair.connected();
    loseFirstData(pair, 1);
    pair.send(pair.a, 0, new byte[] {1}, NEVER_AGAIN);
    pair.runUntilIdle(ms(5_000));
    pair.send(pair.a, 0, new byte[] {2}, NEVER_AGAIN);
    pair.runUntilIdle(ms(5_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.b.received.get(0).bytes()).containsExactly(2);
  }

  @Test
  void sendsAgainAsOftenAsAllowed() {
    SctpPair pair = SctpPair.connected();
    loseFirstData(pair, 2);
    pair.send(pair.a, 0, new byte[] {1}, new SendOptions(false, 2, -1));
    pair.runUntilIdle(ms(5_000));
    assertThat(pair.b.received).hasSize(1);
  }

  /** RFC 3758 section 4.1. */
  @Test
  void givesUpWhenTheLifetimeIsOver() {
    SctpPair pair = SctpPair.connected();
    loseFirstData(pair, 1);
    pair.send(pair.a, 0, new byte[] {1}, new SendOptions(false, -1, ms(100)));
    pair.runUntilIdle(ms(5_000));
    assertThat(pair.b.received).isEmpty();
  }

  @Test
  void neverSendsWhatExpiredInTheQueue() {
    SctpPair pair = SctpPair.over(LossyNetwork.with(1), 1);
    pair.send(pair.a, 0, new byte[1000], new SendOptions(false, -1, ms(100)));
    pair.send(pair.a, 0, new byte[] {2});
    pair.runFor(ms(200));
    pair.connect();
    pair.runUntilIdle(ms(1_000));
    assertThat(pair.b.received).hasSize(1);
    assertThat(pair.a.sentBytes).isEqualTo(1001);
  }

  /** A message of which a part was not sent yet is given up as a whole. */
  @Test
  void givesUpAWholeMessageWithWhatWasNotSent() {
    SctpPair pair = SctpPair.connected();
    int[] count = {0};
    pair.network.dropping(p -> SctpEnd.hasData(p.bytes()) && count[0]++ == 2);
    pair.send(pair.a, 1, bytes(200_000, 1), NEVER_AGAIN);
    pair.send(pair.a, 1, new byte[] {2});
    pair.send(pair.a, 2, new byte[] {3});
    pair.runUntilIdle(ms(20_000));
    assertThat(pair.b.received).hasSize(2);
    assertThat(pair.a.sentBytes).isEqualTo(200_002);
    assertThat(pair.a.association.queuedBytes()).isZero();
  }

  /** RFC 3758 section 3.5: FORWARD TSN goes out again until it is acknowledged. */
  @Test
  void repeatsALostForwardTsn() {
    SctpPair pair = SctpPair.connected();
    int[] data = {0};
    int[] forward = {0};
    pair.network.dropping(
        p ->
            SctpEnd.hasData(p.bytes()) && data[0]++ == 0
                || SctpEnd.has(p.bytes(), ForwardTsnChunk.class) && forward[0]++ < 3);
    pair.send(pair.a, 0, new byte[] {1}, NEVER_AGAIN);
    pair.runUntilIdle(ms(30_000));
    pair.send(pair.a, 0, new byte[] {2});
    pair.runUntilIdle(ms(30_000));
    assertThat(forward[0]).isEqualTo(4);
    assertThat(pair.b.received).hasSize(1);
  }

  @Test
  void givesUpUnorderedMessagesToo() {
    SctpPair pair = SctpPair.connected();
    loseFirstData(pair, 1);
    pair.send(pair.a, 0, bytes(3000, 1), new SendOptions(true, 0, -1));
    pair.send(pair.a, 0, new byte[] {2}, new SendOptions(true, 0, -1));
    pair.runUntilIdle(ms(5_000));
    assertThat(pair.b.received).hasSize(1);
  }

  /** More streams than entries fit into one packet. */
  @Test
  void forwardsMoreStreamsThanOnePacketNames() {
    SctpPair pair = SctpPair.connected();
    pair.network.dropping(p -> SctpEnd.hasData(p.bytes()));
    for (int i = 0; i < 500; i++) {
      pair.send(pair.a, i, new byte[] {1}, NEVER_AGAIN);
    }
    pair.runUntilIdle(ms(60_000));
    pair.network.dropping(p -> false);
    for (int i = 0; i < 500; i++) {
      pair.send(pair.a, i, new byte[] {2}, NEVER_AGAIN);
    }
    pair.runUntilIdle(ms(60_000));
    assertThat(pair.b.received).hasSize(500);
  }
}
