package org.purertc.ice.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.Key;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The wire format of STUN, with the vectors of RFC 5769. */
class StunCodecTest {

  private static final String REQUEST =
      "000100582112a442b7e7a701bc34d686fa87dfae"
          + "802200105354554e207465737420636c69656e74"
          + "002400046e0001ff"
          + "80290008932ff9b151263b36"
          + "000600096576746a3a68367659202020"
          + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
          + "80280004e57a3bcf";

  private static final String RESPONSE_IPV4 =
      "0101003c2112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000080001a147e112a643"
          + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
          + "80280004c07d4c96";

  private static final String RESPONSE_IPV6 =
      "010100482112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
          + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
          + "80280004c8fb0b4c";

  private static final Key KEY = StunCodec.key("VOkJxbRl1RmTxUk/WvJxBt");

  private static final TransactionId ID = new TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae);

  private final StunCodec codec = new StunCodec();

  private StunMessage decode(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    StunMessage message = codec.decode(bytes, 0, bytes.length);
    assertThat(message).isNotNull();
    return message;
  }

  @Test
  void readsTheSampleRequestOfRfc5769() {
    StunMessage message = decode(REQUEST);
    assertThat(message.kind()).isEqualTo(StunMessage.Kind.REQUEST);
    assertThat(message.id()).isEqualTo(ID);
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.priority()).isEqualTo(0x6e0001ffL);
    assertThat(message.control()).isEqualTo(StunMessage.Control.CONTROLLED);
    assertThat(message.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.unknownRequired()).isEmpty();
    assertThat(codec.isAuthentic(message, KEY)).isTrue();
    assertThat(codec.isAuthentic(message, StunCodec.key("another password"))).isFalse();
  }

  @Test
  void readsTheSampleIpv4ResponseOfRfc5769() {
    StunMessage message = decode(RESPONSE_IPV4);
    assertThat(message.kind()).isEqualTo(StunMessage.Kind.SUCCESS);
    assertThat(message.mappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(codec.isAuthentic(message, KEY)).isTrue();
  }

  @Test
  void readsTheSampleIpv6ResponseOfRfc5769() {
    StunMessage message = decode(RESPONSE_IPV6);
    assertThat(message.mappedAddress())
        .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    assertThat(codec.isAuthentic(message, KEY)).isTrue();
  }

  @Test
  void readsWhatItWrote() {
    var request = new BindingRequest(ID, "remote:local", 1_853_824_767L, true, -5L, true);
    byte[] bytes = codec.encode(request, KEY);
    StunMessage message = decode(HexFormat.of().formatHex(bytes));
    assertThat(message.username()).isEqualTo("remote:local");
    assertThat(message.priority()).isEqualTo(1_853_824_767L);
    assertThat(message.control()).isEqualTo(StunMessage.Control.CONTROLLING);
    assertThat(message.tieBreaker()).isEqualTo(-5L);
    assertThat(message.useCandidate()).isTrue();
    assertThat(codec.isAuthentic(message, KEY)).isTrue();
  }

  @Test
  void readsTheMappedAddressThatItWrote() {
    for (String host : new String[] {"203.0.113.9", "2001:db8::7"}) {
      InetSocketAddress mapped = new InetSocketAddress(host, 40_000);
      byte[] bytes = codec.encodeSuccess(ID, mapped, KEY);
      StunMessage message = decode(HexFormat.of().formatHex(bytes));
      assertThat(message.mappedAddress()).isEqualTo(mapped);
      assertThat(message.id()).isEqualTo(ID);
    }
  }

  @Test
  void readsTheErrorThatItWrote() {
    byte[] bytes = codec.encodeError(ID, StunError.ROLE_CONFLICT, new char[0], KEY);
    StunMessage message = decode(HexFormat.of().formatHex(bytes));
    assertThat(message.kind()).isEqualTo(StunMessage.Kind.ERROR);
    assertThat(message.errorCode()).isEqualTo(487);
    assertThat(codec.isAuthentic(message, KEY)).isTrue();
  }

  @Test
  void readsFromTheMiddleOfABuffer() {
    byte[] bytes = HexFormat.of().parseHex("ffffff" + REQUEST + "ffff");
    StunMessage message = codec.decode(bytes, 3, bytes.length - 5);
    assertThat(message).isNotNull();
    assertThat(message.username()).isEqualTo("evtj:h6vY");
  }

  @Test
  void refusesAWrongFingerprint() {
    byte[] bytes = HexFormat.of().parseHex(REQUEST);
    bytes[bytes.length - 1] ^= 1;
    assertThat(codec.decode(bytes, 0, bytes.length)).isNull();
  }

  @Test
  void refusesAWrongCookieAndAWrongLength() {
    byte[] cookie = HexFormat.of().parseHex(REQUEST);
    cookie[4] ^= 1;
    assertThat(codec.decode(cookie, 0, cookie.length)).isNull();
    byte[] cut = HexFormat.of().parseHex(REQUEST);
    assertThat(codec.decode(cut, 0, cut.length - 4)).isNull();
    assertThat(codec.decode(cut, 0, 19)).isNull();
  }

  @Test
  void ignoresWhatStandsBehindMessageIntegrity() {
    String plain =
        "000100002112a442b7e7a701bc34d686fa87dfae"
            + "0008001400112233445566778899aabbccddeeff00112233"
            + "00250000"; // USE-CANDIDATE that nobody vouches for
    byte[] bytes = HexFormat.of().parseHex(plain);
    bytes[3] = (byte) (bytes.length - 20);
    StunMessage message = codec.decode(bytes, 0, bytes.length);
    assertThat(message).isNotNull();
    assertThat(message.useCandidate()).isFalse();
  }

  @Test
  void listsUnknownRequiredAttributesAndIgnoresUnknownOptionalOnes() {
    String plain =
        "000100002112a442b7e7a701bc34d686fa87dfae"
            + "c057000400010003" // Chromium's network information
            + "7ffe000400000000";
    byte[] bytes = HexFormat.of().parseHex(plain);
    bytes[3] = (byte) (bytes.length - 20);
    StunMessage message = codec.decode(bytes, 0, bytes.length);
    assertThat(message).isNotNull();
    assertThat(message.unknownRequired()).containsExactly((char) 0x7ffe);
  }
}
