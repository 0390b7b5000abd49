package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.ms;

import org.junit.jupiter.api.Test;

class PacketHistoryTest {
  private final SendEnd end = SendEnd.of(SendEnd.withoutRtx(), 0);
  private final PacketHistory history = new PacketHistory(ms(1_000));

  private OutgoingPacket packet(int payloadBytes, long nowNs) {
    OutgoingPacket packet =
        end.stream.packet(SendEnd.frame(0, 0), true, new byte[payloadBytes], nowNs);
    packet.stamp(0, nowNs);
    return packet;
  }

  @Test
  void holdsAtMostItsNumberOfPackets() {
    for (int i = 0; i < 3 * PacketHistory.MAX_PACKETS; i++) {
      history.add(packet(1, 0), 0);
    }
    assertThat(history.count()).isEqualTo(PacketHistory.MAX_PACKETS);
    assertThat(history.find(2 * PacketHistory.MAX_PACKETS)).isNotNull();
    assertThat(history.find(2 * PacketHistory.MAX_PACKETS - 1)).isNull();
    assertThat(history.bytes()).isEqualTo(13L * PacketHistory.MAX_PACKETS);
  }

  @Test
  void holdsAtMostItsBytes() {
    for (int i = 0; i < 6_000; i++) {
      history.add(packet(1_188, 0), 0);
    }
    assertThat(history.bytes()).isBetween(PacketHistory.MAX_BYTES - 1_200, PacketHistory.MAX_BYTES);
    assertThat(history.find(5_999)).isNotNull();
  }

  @Test
  void forgetsWhatIsTooOld() {
    history.add(packet(1, 0), 0);
    history.add(packet(1, ms(500)), ms(500));
    history.expire(ms(1_000));
    assertThat(history.count()).isEqualTo(2);
    history.expire(ms(1_001));
    assertThat(history.find(0)).isNull();
    assertThat(history.find(1)).isNotNull();
    history.expire(ms(1_501));
    assertThat(history.count()).isZero();
    assertThat(history.bytes()).isZero();
  }

  @Test
  void aPacketThatComesLateFillsItsGap() {
    history.add(packet(1, 0), 0);
    OutgoingPacket late = packet(1, 0);
    history.add(packet(1, 0), 0);
    assertThat(history.find(1)).isNull();
    history.add(late, 0);
    assertThat(history.find(1)).isSameAs(late);
    long bytes = history.bytes();
    history.add(late, 0);
    assertThat(history.bytes()).isEqualTo(bytes);
    assertThat(history.next()).isEqualTo(3);
  }

  @Test
  void aGapIsEmptyAndAJumpForgetsTheRest() {
    history.add(packet(1, 0), 0);
    packet(1, 0);
    history.add(packet(1, 0), 0);
    assertThat(history.find(1)).isNull();
    assertThat(history.find(0)).isNotNull();
    assertThat(history.find(2)).isNotNull();
    for (int i = 3; i < 2 * PacketHistory.MAX_PACKETS; i++) {
      packet(1, 0);
    }
    history.add(packet(1, 0), 0);
    assertThat(history.count()).isEqualTo(1);
    assertThat(history.find(2)).isNull();
    assertThat(history.find(2L * PacketHistory.MAX_PACKETS)).isNotNull();
  }
}
