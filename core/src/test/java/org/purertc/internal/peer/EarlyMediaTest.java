package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyMediaTest {
  private final EarlyMedia early = new EarlyMedia();

  private void keep(int length) {
    early.keep(DatagramKind.RTP, new byte[length], 0, length, 7);
  }

  @Test
  void handsOutCopiesInOrderAndOnce() {
    byte[] buffer = {0, 1, 2, 3};
    early.keep(DatagramKind.RTP, buffer, 1, 2, 10);
    buffer[1] = 9;
    early.keep(DatagramKind.RTCP, buffer, 3, 1, 20);
    var packets = early.take();
    assertThat(packets).extracting(EarlyMedia.Packet::arrivedNs).containsExactly(10L, 20L);
    assertThat(packets.get(0).bytes()).containsExactly(1, 2);
    assertThat(packets.get(1).kind()).isEqualTo(DatagramKind.RTCP);
    assertThat(early.take()).isEmpty();
  }

  @Test
  void keepsNoMorePacketsThanItsLimit() {
    for (int i = 0; i < 2 * EarlyMedia.MAX_PACKETS; i++) {
      keep(100);
    }
    assertThat(early.take()).hasSize(EarlyMedia.MAX_PACKETS);
  }

  @Test
  void keepsNoMoreBytesThanItsLimit() {
    for (int i = 0; i < EarlyMedia.MAX_PACKETS; i++) {
      keep(60_000);
    }
    assertThat(early.take()).hasSize(EarlyMedia.MAX_BYTES / 60_000);
    keep(60_000);
    assertThat(early.take()).hasSize(1);
  }
}
