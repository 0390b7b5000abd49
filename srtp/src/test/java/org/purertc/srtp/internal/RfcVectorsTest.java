package org.purertc.srtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session keys and ciphers against the vectors of the RFCs. */
class RfcVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static final String RTP =
      "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976"
          + "69736120696e207061727465732074726573";
  private static final String RTCP =
      "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
          + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
  private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
  private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
  private static final byte[] QUID_PRO_QUO = HEX.parseHex("517569642070726f2071756f");

  @Test
  void sessionKeysOfRfc3711AppendixB3() throws Exception {
    byte[] key = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    byte[] salt = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");
    SessionKeys keys = new SessionKeys(CipherSuite.AES_CM_HMAC_SHA1_80.policy(16, 14), key, salt);
    assertThat(keys.encryptionKey(PacketKind.RTP).getEncoded())
        .asHexString()
        .isEqualToIgnoringCase("c61e7a93744f39ee10734afe3ff7a087");
    assertThat(keys.salt(PacketKind.RTP))
        .asHexString()
        .isEqualToIgnoringCase("30cbbc08863d8c85d49db34a9ae1");
    assertThat(keys.authenticationKey(PacketKind.RTP).getEncoded())
        .asHexString()
        .isEqualToIgnoringCase("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
  }

  @Test
  void keystreamOfRfc3711AppendixB2() throws Exception {
    PacketTransform transform =
        new CounterModeTransform(
            PacketKind.RTP,
            new SecretKeySpec(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"), "AES"),
            HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"),
            new SecretKeySpec(new byte[20], "HmacSHA1"));
    Packet packet = new Packet();
    byte[] buffer = new byte[12 + 48 + 10];
    assertThat(packet.isRtp(buffer, 0, 60, 0)).isTrue();
    transform.protect(packet);
    assertThat(HEX.formatHex(buffer, 12, 60))
        .isEqualTo(
            "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                + "41e95b3bb0a2e8dd477901e4fca894c0");
  }

  /** RFC 7714 sections 16.1 and 16.2; the rollover counter is 0. */
  @ParameterizedTest
  @CsvSource({
    KEY_128
        + ", 8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a"
        + "51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce",
    KEY_256
        + ", 8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a02"
        + "76ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13"
  })
  void rtpOfRfc7714Section16(String key, String expected) throws Exception {
    Packet packet = new Packet();
    byte[] buffer = Arrays.copyOf(HEX.parseHex(RTP), RTP.length() / 2 + 16);
    assertThat(packet.isRtp(buffer, 0, RTP.length() / 2, 0)).isTrue();
    packet.index = 0xf17b;
    assertBothWays(PacketKind.RTP, key, packet, expected);
  }

  /** RFC 7714 sections 17.1 and 17.2. */
  @ParameterizedTest
  @CsvSource({
    KEY_128
        + ", 81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
        + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
    KEY_256
        + ", 81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be"
        + "8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
  })
  void rtcpOfRfc7714Section17(String key, String expected) throws Exception {
    Packet packet = new Packet();
    byte[] buffer = Arrays.copyOf(HEX.parseHex(RTCP), RTCP.length() / 2 + 20);
    assertThat(packet.isRtcp(buffer, 0, RTCP.length() / 2, 0)).isTrue();
    packet.index = 0x5d4;
    assertBothWays(PacketKind.RTCP, key, packet, expected);
  }

  private static void assertBothWays(PacketKind kind, String key, Packet packet, String expected)
      throws Exception {
    PacketTransform transform =
        new AeadTransform(kind, new SecretKeySpec(HEX.parseHex(key), "AES"), QUID_PRO_QUO);
    byte[] plain = Arrays.copyOf(packet.buffer, packet.length);
    transform.protect(packet);
    assertThat(HEX.formatHex(packet.buffer, 0, packet.length)).isEqualTo(expected);
    assertThat(transform.unprotect(packet)).isTrue();
    assertThat(Arrays.copyOf(packet.buffer, packet.length)).isEqualTo(plain);
  }
}
