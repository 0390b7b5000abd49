package org.purertc.ice.mdns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.mdns.DnsMessage.Address;
import org.purertc.ice.mdns.DnsMessage.Question;

/** RFC 1035 section 4 and RFC 6762 section 18; messages of browsers as tcpdump saw them. */
class DnsMessageTest {

  /** Chromium 156 announces a name. */
  private static final String CHROMIUM_ANSWER =
      "0000840000000001000000012435623633636331632d343738342d343063332d613766302d65633066633731343"
          + "2346236056c6f63616c00000180010000007800040a4207022435623633636331632d343738342d343063"
          + "332d613766302d656330666337313432346236056c6f63616c00002f8001000000780005c046000140";

  /** Chromium 156 asks for one. */
  private static final String CHROMIUM_QUERY =
      "0000000000010000000000002435623633636331632d343738342d343063332d613766302d65633066633731343"
          + "2346236056c6f63616c0000010001";

  /** Chromium 156 without an IPv6 address. */
  private static final String CHROMIUM_IPV6_ANSWER =
      "0000840000000001000000012433613033346138392d613965652d343536312d613634382d35626463363462373"
          + "7323065056c6f63616c00001c8001000000780010000000000000000000000000000000002433613033346"
          + "138392d613965652d343536312d613634382d356264633634623737323065056c6f63616c00002f8001000"
          + "000780008c052000400000008";

  /** Firefox ESR 153 answers. */
  private static final String FIREFOX_ANSWER =
      "0000840000000001000000002461663439333633612d626264312d346331662d626362352d39346662636136313"
          + "1613039056c6f63616c00000180010000007800040a420702";

  private static final LocalName NAME = name("1f4712db-ea17-4bcf-a596-105139dfd8bf.local");

  private static LocalName name(String text) {
    return new LocalName(text);
  }

  private static DnsMessage parse(byte[] bytes) {
    return DnsMessage.parse(bytes, 0, bytes.length);
  }

  private static DnsMessage parse(String hex) {
    return parse(HexFormat.of().parseHex(hex));
  }

  private static InetAddress ip(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }

  @Test
  void readsAnAnswerOfChromium() throws Exception {
    DnsMessage message = parse(CHROMIUM_ANSWER);
    assertThat(message.isResponse()).isTrue();
    assertThat(message.questions()).isEmpty();
    LocalName name = name("5b63cc1c-4784-40c3-a7f0-ec0fc71424b6.local");
    assertThat(message.addresses()).containsExactly(new Address(name, ip("10.66.7.2"), 120));
  }

  @Test
  void readsAnAnswerOfChromiumForIpv6() throws Exception {
    LocalName name = name("3a034a89-a9ee-4561-a648-5bdc64b7720e.local");
    assertThat(parse(CHROMIUM_IPV6_ANSWER).addresses())
        .containsExactly(new Address(name, ip("::"), 120));
  }

  @Test
  void readsAQueryOfChromium() {
    DnsMessage message = parse(CHROMIUM_QUERY);
    assertThat(message.isResponse()).isFalse();
    LocalName name = name("5b63cc1c-4784-40c3-a7f0-ec0fc71424b6.local");
    assertThat(message.questions()).containsExactly(new Question(name, DnsMessage.TYPE_A, false));
  }

  @Test
  void readsAnAnswerOfFirefox() throws Exception {
    LocalName name = name("af49363a-bbd1-4c1f-bcb5-94fbca611a09.local");
    assertThat(parse(FIREFOX_ANSWER).addresses())
        .containsExactly(new Address(name, ip("10.66.7.2"), 120));
  }

  @Test
  void asksAsChromiumDoes() {
    LocalName name = name("5b63cc1c-4784-40c3-a7f0-ec0fc71424b6.local");
    assertThat(DnsWriter.query(name, DnsMessage.TYPE_A))
        .isEqualTo(HexFormat.of().parseHex(CHROMIUM_QUERY));
  }

  /** Chromium writes the name of its second record again, where we point to the first. */
  @Test
  void answersAsChromiumDoes() throws Exception {
    LocalName name = name("5b63cc1c-4784-40c3-a7f0-ec0fc71424b6.local");
    String nameBytes = CHROMIUM_ANSWER.substring(24, 24 + 2 * 44);
    int second = CHROMIUM_ANSWER.lastIndexOf(nameBytes);
    String shorter =
        CHROMIUM_ANSWER.substring(0, second)
            + "c00c"
            + CHROMIUM_ANSWER.substring(second + nameBytes.length()).replace("c046", "c00c");
    assertThat(HexFormat.of().formatHex(DnsWriter.answer(name, ip("10.66.7.2"))))
        .isEqualTo(shorter);
  }

  @Test
  void saysThatThereIsNoOtherFamily() throws Exception {
    // RFC 4034 section 4.1.2: window 0, four bytes, the bit of type 28 alone.
    String answer = HexFormat.of().formatHex(DnsWriter.answer(NAME, ip("2001:db8::1")));
    assertThat(answer).endsWith("c00c" + "002f" + "8001" + "00000078" + "0008c00c000400000008");
  }

  @Test
  void readsItsOwnGoodbye() throws Exception {
    assertThat(parse(DnsWriter.goodbye(NAME, ip("192.0.2.1"))).addresses())
        .containsExactly(new Address(NAME, ip("192.0.2.1"), 0));
  }

  @Test
  void comparesNamesWithoutCase() {
    byte[] bytes = HexFormat.of().parseHex(CHROMIUM_QUERY);
    String upper = "5B63CC1C-4784-40C3-A7F0-EC0FC71424B6";
    System.arraycopy(upper.getBytes(US_ASCII), 0, bytes, 13, upper.length());
    assertThat(parse(bytes).questions().get(0).name())
        .isEqualTo(name("5b63cc1c-4784-40c3-a7f0-ec0fc71424b6.local"));
  }

  @Test
  void seesTheBitThatAsksForUnicast() {
    byte[] bytes = DnsWriter.query(NAME, DnsMessage.TYPE_AAAA);
    bytes[bytes.length - 2] = (byte) 0x80;
    assertThat(parse(bytes).questions())
        .containsExactly(new Question(NAME, DnsMessage.TYPE_AAAA, true));
  }

  @Test
  void passesOverOtherNamesAndRecords() throws Exception {
    var out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("000084000001000300000000"));
    String printer = "045f697070" + "045f746370" + "056c6f63616c00"; // _ipp._tcp.local
    out.writeBytes(HexFormat.of().parseHex(printer + "000c0001")); // a question for PTR
    out.writeBytes(HexFormat.of().parseHex(printer + "00210001" + "00000078" + "0003010203"));
    byte[] ours = DnsWriter.answer(NAME, ip("192.0.2.1"));
    int name = out.size();
    out.write(ours, 12, ours.length - 12);
    byte[] bytes = out.toByteArray();
    // The pointers of the last record move with the name.
    for (int i = name; i < bytes.length - 1; i++) {
      if (bytes[i] == (byte) 0xc0 && bytes[i + 1] == 12) {
        bytes[i + 1] = (byte) name;
      }
    }
    DnsMessage message = parse(bytes);
    assertThat(message.questions()).isEmpty();
    assertThat(message.addresses()).containsExactly(new Address(NAME, ip("192.0.2.1"), 120));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0800, 0x0003, 0x7800})
  void ignoresOtherOperationsAndErrors(int flags) {
    byte[] bytes = DnsWriter.query(NAME, DnsMessage.TYPE_A);
    bytes[2] |= (byte) (flags >> 8);
    bytes[3] |= (byte) flags;
    assertThat(parse(bytes)).isNull();
  }

  @Test
  void refusesAPointerToItself() {
    assertThat(parse("000000000001000000000000" + "c00c" + "00010001")).isNull();
  }

  @Test
  void refusesAPointerForward() {
    assertThat(parse("000000000001000000000000" + "c012" + "00010001" + "00")).isNull();
  }

  @Test
  void refusesALoopOfPointers() {
    assertThat(parse("000000000002000000000000" + "0161c00c" + "00010001" + "c00c" + "00010001"))
        .isNull();
  }

  @Test
  void refusesALabelOfAnUnknownKind() {
    assertThat(parse("000000000001000000000000" + "4161" + "00" + "00010001")).isNull();
  }

  /** RFC 1035 section 2.3.4: a name has 255 bytes at most, however it is put together. */
  @Test
  void refusesANameThatIsTooLong() {
    String label = "3f" + "61".repeat(63);
    assertThat(parse("000000000001000000000000" + label.repeat(5) + "00" + "00010001")).isNull();
  }

  @Test
  void refusesWhatIsLongerThanMulticastDnsAllows() {
    byte[] bytes = new byte[DnsMessage.MAX_BYTES + 1];
    assertThat(parse(bytes)).isNull();
  }

  @Test
  void refusesEveryMessageThatEndsTooEarly() {
    byte[] whole = HexFormat.of().parseHex(CHROMIUM_ANSWER);
    for (int length = 0; length < whole.length; length++) {
      assertThat(DnsMessage.parse(whole, 0, length)).as("%d bytes", length).isNull();
    }
  }

  @Test
  void readsBehindAnOffset() {
    byte[] whole = HexFormat.of().parseHex("ffff" + CHROMIUM_ANSWER + "ffff");
    DnsMessage message = DnsMessage.parse(whole, 2, whole.length - 4);
    assertThat(message).isEqualTo(parse(CHROMIUM_ANSWER));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesWhateverComes(long seed) {
    var random = new SplittableRandom(seed);
    String[] seeds = {CHROMIUM_ANSWER, CHROMIUM_IPV6_ANSWER, CHROMIUM_QUERY, FIREFOX_ANSWER};
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = HexFormat.of().parseHex(seeds[random.nextInt(seeds.length)]);
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(bytes.length + 1);
      assertThatCode(() -> DnsMessage.parse(bytes, 0, length))
          .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes, 0, length))
          .doesNotThrowAnyException();
    }
  }
}
