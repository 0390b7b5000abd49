package org.purertc.internal.datachannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.MalformedPacketException;

/** The bytes are laid out by hand after the figures of RFC 8832 section 5. */
class DcepMessageTest {

  @Test
  void openLooksAsInSection51() {
    ChannelParameters chat = new ChannelParameters("chat", "p", false, 5, -1, -1);
    assertThat(hex(DcepMessage.Open.of(chat))).isEqualTo("03810100000000050004000163686174" + "70");
  }

  @Test
  void channelTypesAreTheSixOfSection51() throws Exception {
    assertThat(open("00")).isEqualTo(new DcepMessage.Open(true, -1, -1, 256, "", ""));
    assertThat(open("80")).isEqualTo(new DcepMessage.Open(false, -1, -1, 256, "", ""));
    assertThat(open("01")).isEqualTo(new DcepMessage.Open(true, 7, -1, 256, "", ""));
    assertThat(open("81")).isEqualTo(new DcepMessage.Open(false, 7, -1, 256, "", ""));
    assertThat(open("02")).isEqualTo(new DcepMessage.Open(true, -1, 7, 256, "", ""));
    assertThat(open("82")).isEqualTo(new DcepMessage.Open(false, -1, 7, 256, "", ""));
    assertThatThrownBy(() -> open("03")).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void ackIsOneByte() throws Exception {
    assertThat(hex(new DcepMessage.Ack())).isEqualTo("02");
    assertThat(parse("02")).isEqualTo(new DcepMessage.Ack());
  }

  @Test
  void textIsUtf8() throws Exception {
    DcepMessage.Open open = new DcepMessage.Open(true, -1, -1, 128, "Grüße 👋", "π");
    assertThat(DcepMessage.parse(open.toBytes())).isEqualTo(open);
  }

  @Test
  void limitThatIntCannotHoldIsTheLargestInt() throws Exception {
    DcepMessage.Open open = (DcepMessage.Open) parse("03010100ffffffff00000000");
    assertThat(open.maxRetransmits()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "03", "0300010000000007000100", "030001000000000700010000"})
  void malformedMessageIsRefused(String hex) {
    assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void tooLongLabelIsRefused() {
    DcepMessage.Open open = new DcepMessage.Open(true, -1, -1, 256, "x".repeat(65_536), "");
    assertThatThrownBy(open::toBytes)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label")
        .hasMessageContaining("65536");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytesAreReadOrRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = 3;
        bytes[1] &= (byte) 0x83;
      }
      try {
        DcepMessage.parse(bytes).toBytes();
      } catch (MalformedPacketException e) {
        assertThat(e.getStackTrace()).as("seed %d, round %d", seed, i).isEmpty();
      }
    }
  }

  private static DcepMessage open(String channelType) throws MalformedPacketException {
    return parse("03" + channelType + "0100" + "00000007" + "00000000");
  }

  private static DcepMessage parse(String hex) throws MalformedPacketException {
    return DcepMessage.parse(HexFormat.of().parseHex(hex));
  }

  private static String hex(DcepMessage message) {
    return HexFormat.of().formatHex(message.toBytes());
  }
}
