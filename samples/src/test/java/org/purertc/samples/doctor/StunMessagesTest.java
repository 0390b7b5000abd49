package org.purertc.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StunMessagesTest {
  private static final byte[] ID = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");

  /** RFC 5769 section 2.2, without what signs it. */
  private static final String IPV4 =
      "0101001c2112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000080001a147e112a643";

  /** RFC 5769 section 2.3, without what signs it. */
  private static final String IPV6 =
      "010100282112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @Test
  void readsTheAddressOfRfc5769() {
    StunMessages.Answer answer = StunMessages.answer(bytes(IPV4), ID);
    assertThat(answer).isNotNull();
    assertThat(answer.mapped()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(answer.other()).isNull();
  }

  @Test
  void readsTheIpv6AddressOfRfc5769() {
    StunMessages.Answer answer = StunMessages.answer(bytes(IPV6), ID);
    assertThat(answer).isNotNull();
    assertThat(answer.mapped())
        .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
  }

  @Test
  void readsTheOtherAddressOfAServer() {
    String other = "802c000800010d97cb00710b";
    StunMessages.Answer answer =
        StunMessages.answer(bytes(IPV4.replaceFirst("^0101001c", "01010028") + other), ID);
    assertThat(answer).isNotNull();
    assertThat(answer.other()).isEqualTo(new InetSocketAddress("203.0.113.11", 3479));
  }

  @Test
  void asksForAnotherAddressAsRfc5780Has() {
    byte[] request =
        StunMessages.request(ID, StunMessages.CHANGE_ADDRESS | StunMessages.CHANGE_PORT);
    assertThat(HexFormat.of().formatHex(request))
        .isEqualTo("000100082112a442b7e7a701bc34d686fa87dfae0003000400000006");
  }

  @Test
  void anAnswerToSomebodyElseIsNone() {
    assertThat(StunMessages.answer(bytes(IPV4), new byte[12])).isNull();
  }

  @Test
  void whateverArrivesDoesNoHarm() {
    long seed = 5780;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = HexFormat.of().parseHex(round % 2 == 0 ? IPV4 : IPV6);
      for (int i = random.nextInt(4); i >= 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(mutated.length + 1);
      StunMessages.answer(ByteBuffer.wrap(mutated, 0, length), ID);
    }
  }
}
