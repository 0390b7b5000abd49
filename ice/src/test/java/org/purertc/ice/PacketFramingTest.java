package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets in a stream, RFC 4571 section 2. */
class PacketFramingTest {

  private final PacketFraming framing = new PacketFraming();
  private final List<byte[]> packets = new ArrayList<>();

  private void receive(byte[] bytes, int offset, int length) {
    boolean readable =
        framing.receive(
            bytes,
            offset,
            length,
            (buffer, at, size) ->
                packets.add(
                    Arrays.copyOfRange(buffer, at + PacketFraming.HEADER_BYTES, at + size)));
    assertThat(readable).isTrue();
  }

  @Test
  void theLengthStandsInFrontInNetworkOrder() {
    byte[] out = new byte[302];
    byte[] packet = new byte[310];
    packet[5] = 7;
    assertThat(PacketFraming.frame(packet, 5, 300, out)).isEqualTo(302);
    assertThat(Arrays.copyOf(out, 4)).containsExactly(1, 44, 7, 0);
  }

  @Test
  void aPacketOfNoBytesIsOne() {
    receive(new byte[] {0, 0, 0, 1, 9}, 0, 5);
    assertThat(packets).containsExactly(new byte[0], new byte[] {9});
  }

  @Test
  void aPacketThatIsTooLongForItsLengthIsRefused() {
    assertThatThrownBy(() -> PacketFraming.frame(new byte[65_536], 0, 65_536, new byte[70_000]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void findsTheSamePacketsHoweverTheStreamIsCut() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] packet = new byte[random.nextInt(i == 7 ? 65_536 : 1_300)];
        random.nextBytes(packet);
        byte[] framed = new byte[PacketFraming.HEADER_BYTES + packet.length];
        PacketFraming.frame(packet, 0, packet.length, framed);
        stream.writeBytes(framed);
        sent.add(packet);
      }
      byte[] bytes = stream.toByteArray();
      packets.clear();
      for (int at = 0; at < bytes.length; ) {
        int step = Math.min(bytes.length - at, 1 + random.nextInt(3_000));
        receive(bytes, at, step);
        at += step;
      }
      assertThat(packets).as("seed %d", seed).hasSameSizeAs(sent);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(packets.get(i)).as("seed %d, packet %d", seed, i).isEqualTo(sent.get(i));
      }
    }
  }
}
