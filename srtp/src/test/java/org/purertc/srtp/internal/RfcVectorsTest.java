package org.purertc.srtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.jitsi.srtp.crypto.SrtpCipherCtr;
import org.jitsi.srtp.crypto.SrtpCipherGcm;
import org.junit.jupiter.api.Test;

/** The ciphers that the contexts use, against the vectors of the RFCs. */
class RfcVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void aesCounterModeKeystream() throws Exception {
    // RFC 3711 appendix B.2.
    SrtpCipherCtr cipher = new SrtpCipherCtr(Cipher.getInstance("AES/CTR/NoPadding"));
    cipher.init(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"), null);
    cipher.setIV(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"), Cipher.ENCRYPT_MODE);
    byte[] keystream = new byte[48];
    cipher.process(keystream, 0, keystream.length);
    assertThat(HEX.formatHex(keystream))
        .isEqualTo(
            "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                + "41e95b3bb0a2e8dd477901e4fca894c0");
  }

  @Test
  void aeadAes128Gcm() throws Exception {
    // RFC 7714 section 16.1.1.
    assertSeals(
        "000102030405060708090a0b0c0d0e0f",
        "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a"
            + "51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
  }

  @Test
  void aeadAes256Gcm() throws Exception {
    // RFC 7714 section 16.2.1.
    assertSeals(
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a02"
            + "76ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13");
  }

  private static void assertSeals(String key, String expected) throws Exception {
    byte[] packet =
        HEX.parseHex(
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e2070"
                + "617274657320747265"
                + "73");
    SrtpCipherGcm cipher = new SrtpCipherGcm(Cipher.getInstance("AES/GCM/NoPadding"));
    cipher.init(HEX.parseHex(key), null);
    cipher.setIV(HEX.parseHex("51753c6580c2726f20718414"), Cipher.ENCRYPT_MODE);
    byte[] buffer = Arrays.copyOf(packet, packet.length + 16);
    cipher.processAAD(buffer, 0, 12);
    cipher.process(buffer, 12, packet.length - 12);
    assertThat(HEX.formatHex(buffer)).isEqualTo(expected);
  }
}
