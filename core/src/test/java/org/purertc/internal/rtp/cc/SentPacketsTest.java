package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.cc.Feedbacks.LOST;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.TransportFeedback;

class SentPacketsTest {
  private static final long MS = 1_000_000L;

  private final SentPackets sent = new SentPackets();

  private void send(long from, int count) {
    for (int i = 0; i < count; i++) {
      sent.add(from + i, 100 + i, i, (from + i) * MS);
    }
  }

  @Test
  void joinsWhatWasSentWithWhenItArrived() {
    send(0, 3);
    PacketResults results = sent.apply(Feedbacks.of(0, 1000, LOST, 1007));
    assertThat(results.arrived()).isEqualTo(2);
    assertThat(results.lost()).isEqualTo(1);
    assertThat(results.bytes(1)).isEqualTo(102);
    assertThat(results.sentNs(1)).isEqualTo(2 * MS);
    assertThat(results.arrivalNs(1) - results.arrivalNs(0)).isEqualTo(7 * MS);
    assertThat(results.probeClusterId(1)).isEqualTo(2);
  }

  @Test
  void eachPacketArrivesOnceAndIsLostOnce() {
    send(0, 2);
    sent.apply(Feedbacks.of(0, 1, LOST));
    PacketResults again = sent.apply(Feedbacks.of(0, 1, LOST));
    assertThat(again.arrived() + again.lost()).isZero();
  }

  @Test
  void aPacketCalledLostMayStillArrive() {
    send(0, 2);
    sent.apply(Feedbacks.of(0, 1, LOST));
    assertThat(sent.apply(Feedbacks.of(1, 9)).arrived()).isEqualTo(1);
  }

  @Test
  void aPacketThatArrivedIsNotLostLater() {
    send(0, 2);
    sent.apply(Feedbacks.of(0, 1, 2));
    assertThat(sent.apply(Feedbacks.of(0, LOST, LOST)).lost()).isZero();
  }

  @Test
  void ordersByArrival() {
    send(0, 3);
    PacketResults results = sent.apply(Feedbacks.of(0, 1010, 1005, 1020));
    assertThat(results.bytes(0)).isEqualTo(101);
    assertThat(results.bytes(1)).isEqualTo(100);
    assertThat(results.bytes(2)).isEqualTo(102);
  }

  @Test
  void numbersWrap() {
    send(0xfffe, 4);
    assertThat(sent.apply(Feedbacks.of(0xffff, 1, 2, 3)).arrived()).isEqualTo(3);
  }

  @Test
  void referenceTimeWraps() {
    send(0, 2);
    TransportFeedback last =
        new TransportFeedback(1, 2, 0, 1, 0x7f_ffff, 0, new int[] {0}, new int[] {0});
    TransportFeedback next =
        new TransportFeedback(1, 2, 1, 1, -0x80_0000, 1, new int[] {0}, new int[] {0});
    long before = sent.apply(last).arrivalNs(0);
    assertThat(sent.apply(next).arrivalNs(0) - before).isEqualTo(64 * MS);
  }

  @Test
  void untrackedBytesBelongToTheNextPacket() {
    sent.addUntracked(700);
    sent.addUntracked(300);
    send(0, 2);
    PacketResults results = sent.apply(Feedbacks.of(0, 1, 2));
    assertThat(results.untrackedBytes(0)).isEqualTo(1000);
    assertThat(results.untrackedBytes(1)).isZero();
  }

  @Test
  void whatWasNeverSentIsNothing() {
    assertThat(sent.apply(Feedbacks.of(5, 1, 2, LOST)).arrived()).isZero();
    send(0, 3);
    PacketResults results = sent.apply(Feedbacks.of(3, 1, 2, LOST));
    assertThat(results.arrived() + results.lost()).isZero();
    results = sent.apply(Feedbacks.of(-5, 1, 2, LOST, LOST, 4));
    assertThat(results.arrived() + results.lost()).isZero();
  }

  @Test
  void hugeFeedbackSpeaksOnlyOfWhatIsRemembered() {
    send(0, 100);
    TransportFeedback huge =
        new TransportFeedback(1, 2, 0, 0xffff, 0, 0, new int[] {0xfffe}, new int[] {1});
    PacketResults results = sent.apply(huge);
    assertThat(results.lost()).isEqualTo(100);
    assertThat(results.arrived()).isZero();
  }

  @Test
  void remembersABoundedNumber() {
    send(0, 3 * SentPackets.MAX_PACKETS);
    int lost = 0;
    for (int base = 0; base < 3 * SentPackets.MAX_PACKETS; base += 1000) {
      int[] all = new int[1000];
      Arrays.fill(all, LOST);
      lost += sent.apply(Feedbacks.of(base, all)).lost();
    }
    assertThat(lost).isEqualTo(SentPackets.MAX_PACKETS);
  }

  @Test
  void refusesANumberThatWasUsed() {
    send(5, 1);
    assertThatThrownBy(() -> send(5, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
