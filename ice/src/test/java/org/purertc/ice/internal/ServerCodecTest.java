package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The wire format of requests to servers, with the long-term vector of RFC 5769 section 2.4. */
class ServerCodecTest {

  private static final String LONG_TERM_REQUEST =
      "000100602112a44278ad3433c6ad72c029da412e"
          + "00060012e3839ee38388e383aae38383e382afe382b90000"
          + "0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341"
          + "0014000b6578616d706c652e6f726700"
          + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

  /** RFC 8489 appendix B.1 with erratum 6268. */
  private static final String SHA256_REQUEST =
      "000100902112a44278ad3433c6ad72c029da412e"
          + "001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704"
          + "001500296f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39"
          + "465354767936347341000000"
          + "0014000b6578616d706c652e6f726700"
          + "001d000400020000"
          + "001c0020b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";

  private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
  private static final TransactionId ID = new TransactionId(0x0102030405060708L, 9);

  private final ServerCodec codec = new ServerCodec();

  private ServerMessage decode(byte[] bytes) {
    ServerMessage message = codec.decode(bytes, 0, bytes.length);
    assertThat(message).isNotNull();
    return message;
  }

  @Test
  void checksTheLongTermSampleOfRfc5769() throws Exception {
    ServerMessage sample = decode(HexFormat.of().parseHex(LONG_TERM_REQUEST));
    byte[] key =
        MessageDigest.getInstance("MD5").digest((USER + ":example.org:TheMatrIX").getBytes(UTF_8));
    assertThat(codec.isAuthentic(sample, new SecretKeySpec(key, "HmacSHA1"))).isTrue();
    key[0]++;
    assertThat(codec.isAuthentic(sample, new SecretKeySpec(key, "HmacSHA1"))).isFalse();
  }

  @Test
  void checksTheSha256SampleOfRfc8489() throws Exception {
    ServerMessage sample = decode(HexFormat.of().parseHex(SHA256_REQUEST));
    String text = USER + ":example.org:TheMatrIX";
    byte[] key = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    assertThat(codec.isAuthentic(sample, new SecretKeySpec(key, "HmacSHA256"))).isTrue();
    key[0]++;
    assertThat(codec.isAuthentic(sample, new SecretKeySpec(key, "HmacSHA256"))).isFalse();
  }

  @Test
  void answersAChallengeWithTheKeyOfTheSample() {
    // The sample's realm and nonce, read as if a server had sent them.
    ServerMessage sample = decode(HexFormat.of().parseHex(LONG_TERM_REQUEST));
    Challenge challenge = Challenge.answer(sample, USER, "TheMatrIX");
    assertThat(challenge).isNotNull();
    assertThat(codec.isAuthentic(sample, challenge.key())).isTrue();
    byte[] request = codec.encode(ServerRequest.binding(), ID, challenge);
    assertThat(codec.isAuthentic(decode(request), challenge.key())).isTrue();
  }

  @Test
  void usernamesAreComparedInNormalForm() {
    ServerMessage sample = decode(HexFormat.of().parseHex(LONG_TERM_REQUEST));
    Challenge composed = Challenge.answer(sample, "Andr\u00E9", "x");
    Challenge decomposed = Challenge.answer(sample, "Andre\u0301", "x");
    assertThat(decomposed.key()).isEqualTo(composed.key());
  }

  @Test
  void anAllocateRequestAsksForUdp() {
    byte[] request = codec.encode(ServerRequest.allocate(false), ID, null);
    assertThat(HexFormat.of().formatHex(request)).contains("0019000411000000");
  }

  @Test
  void theRequestedFamilyHasFourBytes() {
    byte[] request = codec.encode(ServerRequest.allocate(true), ID, null);
    assertThat(HexFormat.of().formatHex(request)).contains("0017000402000000");
  }

  @Test
  void aPeerAddressIsReadAsItWasWritten() {
    InetSocketAddress peer = new InetSocketAddress("2001:db8::7", 4711);
    ServerMessage read = decode(codec.encode(ServerRequest.channelBind(0x4001, peer), ID, null));
    assertThat(read.peer()).isEqualTo(peer);
    assertThat(read.method()).isEqualTo(ServerRequest.Method.CHANNEL_BIND);
  }

  @Test
  void aSendIndicationCarriesDataOfAnyLength() {
    InetSocketAddress peer = new InetSocketAddress("192.0.2.1", 4711);
    for (int length = 0; length < 9; length++) {
      byte[] data = new byte[length];
      ServerMessage read = decode(codec.encodeSend(ID, peer, data, 0, length));
      assertThat(read.data()).as("length %d", length).isEqualTo(data);
    }
  }

  @Test
  void brokenMessagesAreRefusedWithoutAnException() {
    byte[][] samples = {
      HexFormat.of().parseHex(LONG_TERM_REQUEST),
      codec.encode(
          ServerRequest.channelBind(0x4001, new InetSocketAddress("2001:db8::7", 1)), ID, null),
      codec.encodeSend(ID, new InetSocketAddress("192.0.2.1", 1), new byte[33], 0, 33)
    };
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = samples[random.nextInt(samples.length)].clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1);
      try {
        ServerMessage message = codec.decode(bytes, 0, length);
        if (message != null) {
          Challenge.answer(message, "user", "password");
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
