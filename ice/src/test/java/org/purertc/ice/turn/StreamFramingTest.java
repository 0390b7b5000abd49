package org.purertc.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages in a stream, RFC 8656 section 12.5. */
class StreamFramingTest {

  private final StreamFraming framing = new StreamFraming();
  private final List<Integer> lengths = new ArrayList<>();

  private boolean receive(byte[] bytes, int offset, int length) {
    return framing.receive(bytes, offset, length, (buffer, at, size) -> lengths.add(size));
  }

  private static byte[] stun(int attributeBytes) {
    byte[] message = new byte[20 + attributeBytes];
    message[2] = (byte) (attributeBytes >> 8);
    message[3] = (byte) attributeBytes;
    return message;
  }

  private static byte[] channelData(int dataBytes) {
    byte[] message = new byte[4 + (dataBytes + 3 & ~3)];
    message[0] = 0x40;
    message[2] = (byte) (dataBytes >> 8);
    message[3] = (byte) dataBytes;
    return message;
  }

  @Test
  void findsTheSameMessagesHoweverTheStreamIsCut() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<Integer> sent = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        byte[] message =
            random.nextBoolean()
                ? stun(4 * random.nextInt(400))
                : channelData(random.nextInt(1500));
        stream.writeBytes(message);
        sent.add(message.length);
      }
      byte[] bytes = stream.toByteArray();
      lengths.clear();
      for (int at = 0; at < bytes.length; ) {
        int step = Math.min(bytes.length - at, 1 + random.nextInt(2000));
        assertThat(receive(bytes, at, step)).isTrue();
        at += step;
      }
      assertThat(lengths).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void whatIsNeitherStunNorChannelDataBreaksTheStream() {
    assertThat(receive(new byte[] {(byte) 0x80, 0, 0, 0}, 0, 4)).isFalse();
  }

  @Test
  void aStunLengthThatIsNoMultipleOfFourBreaksTheStream() {
    assertThat(receive(new byte[] {0, 1, 0, 3}, 0, 4)).isFalse();
  }
}
