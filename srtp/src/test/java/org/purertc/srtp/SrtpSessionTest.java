package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.srtp.SrtpPair.rtcp;
import static org.purertc.srtp.SrtpPair.rtp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
  private static final HexFormat HEX = HexFormat.of();

  // RFC 3711 appendix B.3 (master key and salt); the packets are those of libsrtp's srtp_driver.c.
  private static final byte[] CM_KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
  private static final byte[] CM_SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");
  private static final byte[] GCM_KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] GCM_SALT = HEX.parseHex("a0a1a2a3a4a5a6a7a8a9aaab");
  private static final byte[] RTP =
      HEX.parseHex("800f1234decafbadcafebabeabababababababababababababababab");
  private static final byte[] RTCP =
      HEX.parseHex("81c8000bcafebabeabababababababababababababababab");

  @Test
  void protectsRtpWithAesCmAsLibsrtpDoes() {
    byte[] buffer = Arrays.copyOf(RTP, RTP.length + 10);
    int length =
        same(SrtpProfile.AES128_CM_SHA1_80, CM_KEY, CM_SALT).protectRtp(buffer, 0, RTP.length);
    assertThat(hex(buffer, length))
        .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
  }

  @Test
  void protectsRtpWithAesGcmAsLibsrtpDoes() {
    byte[] buffer = Arrays.copyOf(RTP, RTP.length + 16);
    int length =
        same(SrtpProfile.AEAD_AES_128_GCM, GCM_KEY, GCM_SALT).protectRtp(buffer, 0, RTP.length);
    assertThat(hex(buffer, length))
        .isEqualTo(
            "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a1"
                + "27e8a392");
  }

  @Test
  void protectsRtcpWithAesCmAsLibsrtpDoes() {
    SrtpSession session = same(SrtpProfile.AES128_CM_SHA1_80, CM_KEY, CM_SALT);
    assertThat(secondRtcp(session, 14))
        .isEqualTo("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
  }

  @Test
  void protectsRtcpWithAesGcmAsLibsrtpDoes() {
    SrtpSession session = same(SrtpProfile.AEAD_AES_128_GCM, GCM_KEY, GCM_SALT);
    assertThat(secondRtcp(session, 20))
        .isEqualTo(
            "81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e"
                + "80000001");
  }

  /** The vectors hold SRTCP index 1; ours counts from 0. */
  private static String secondRtcp(SrtpSession session, int overhead) {
    session.protectRtcp(Arrays.copyOf(RTCP, RTCP.length + overhead), 0, RTCP.length);
    byte[] buffer = Arrays.copyOf(RTCP, RTCP.length + overhead);
    return hex(buffer, session.protectRtcp(buffer, 0, RTCP.length));
  }

  @ParameterizedTest
  @EnumSource
  void carriesRtpAndRtcpBothWays(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    for (int sequence = 0; sequence < 100; sequence++) {
      byte[] sent = rtp(sequence, 0x11223344, 160);
      assertThat(pair.throughRtp(sent)).isEqualTo(sent);
      byte[] report = rtcp(0x11223344, 48);
      assertThat(pair.throughRtcp(report)).isEqualTo(report);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheRolloverCounterOverAWrapWithLossAndReordering(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 2);
    int[] sequences = {65_530, 65_534, 65_533, 65_535, 1, 0, 3, 2, 40};
    byte[][] packets = new byte[sequences.length][];
    int[] order = sequences.clone();
    Arrays.sort(order);
    // Protected in sending order (before the wrap first), received in the order above.
    for (int pass = 0; pass < 2; pass++) {
      for (int sequence : order) {
        if ((sequence > 1_000) == (pass == 0)) {
          int at = indexOf(sequences, sequence);
          packets[at] = pair.protectRtp(rtp(sequence, 7, 80));
        }
      }
    }
    for (int i = 0; i < packets.length; i++) {
      assertThat(pair.unprotectRtp(packets[i])).isEqualTo(rtp(sequences[i], 7, 80));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAReplayedPacket(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 3);
    byte[] packet = pair.protectRtp(rtp(5, 9, 50));
    assertThat(pair.unprotectRtp(packet)).isNotNull();
    byte[] again = packet.clone();
    assertThat(pair.receiver().unprotectRtp(again, 0, again.length))
        .isEqualTo(SrtpSession.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void neverUsesAnIndexTwiceForSending(SrtpProfile profile) {
    // RFC 3711 section 9.1: the same keystream for two packets reveals both.
    SrtpPair pair = SrtpPair.of(profile, 4);
    pair.protectRtp(rtp(5, 9, 50));
    pair.protectRtp(rtp(6, 9, 50));
    for (int sequence = 5; sequence <= 6; sequence++) {
      byte[] buffer = Arrays.copyOf(rtp(sequence, 9, 50), 62 + profile.rtpOverheadBytes());
      assertThat(pair.sender().protectRtp(buffer, 0, 62)).isEqualTo(SrtpSession.REPLAYED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryFlippedBit(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 5);
    byte[] packet = pair.protectRtp(rtp(5, 9, 20));
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] wrong = packet.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(pair.receiver().unprotectRtp(wrong, 0, wrong.length))
          .as("bit " + bit)
          .isNegative();
    }
    assertThat(pair.unprotectRtp(packet)).isEqualTo(rtp(5, 9, 20));
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryTruncation(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 6);
    byte[] packet = pair.protectRtp(rtp(5, 9, 20));
    byte[] report = pair.protectRtcp(rtcp(9, 28));
    for (int length = 0; length < packet.length; length++) {
      assertThat(pair.receiver().unprotectRtp(packet.clone(), 0, length)).isNegative();
    }
    for (int length = 0; length < report.length; length++) {
      assertThat(pair.receiver().unprotectRtcp(report.clone(), 0, length)).isNegative();
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomBytesNeverThrowAndNeverPass(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 7);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      assertThat(pair.receiver().unprotectRtp(noise, 0, noise.length))
          .as("seed 7, " + i)
          .isNegative();
      assertThat(pair.receiver().unprotectRtcp(noise, 0, noise.length))
          .as("seed 7, " + i)
          .isNegative();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyBytesAreProtectedAndComeBackOrAreRefusedUnchanged(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 9);
    Random random = new Random(9);
    int passed = 0;
    for (int i = 0; i < 10_000; i++) {
      int offset = random.nextInt(20);
      int length = random.nextInt(200);
      byte[] buffer = new byte[offset + length + SrtpSession.MAX_OVERHEAD_BYTES];
      random.nextBytes(buffer);
      if (length >= 12) {
        Arrays.fill(buffer, offset + 4, offset + 11, (byte) 0); // not too many streams
      }
      byte[] before = buffer.clone();
      boolean rtp = random.nextBoolean();
      SrtpSession sender = pair.sender();
      int sealed =
          rtp
              ? sender.protectRtp(buffer, offset, length)
              : sender.protectRtcp(buffer, offset, length);
      if (sealed < 0) {
        assertThat(buffer).as("seed 9, " + i).isEqualTo(before);
        continue;
      }
      SrtpSession receiver = pair.receiver();
      int opened =
          rtp
              ? receiver.unprotectRtp(buffer, offset, sealed)
              : receiver.unprotectRtcp(buffer, offset, sealed);
      assertThat(opened).as("seed 9, " + i).isEqualTo(length);
      assertThat(Arrays.copyOf(buffer, offset + length))
          .as("seed 9, " + i)
          .isEqualTo(Arrays.copyOf(before, offset + length));
      passed++;
    }
    assertThat(passed).isGreaterThan(3_000);
  }

  @Test
  void holdsABoundedNumberOfStreams() {
    SrtpPair pair = SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 8);
    for (int ssrc = 0; ssrc < SrtpSession.MAX_STREAMS; ssrc++) {
      byte[] packet = pair.protectRtp(rtp(1, ssrc, 10));
      assertThat(pair.unprotectRtp(packet)).isNotNull();
    }
    byte[] buffer = Arrays.copyOf(rtp(1, -1, 10), 60);
    assertThat(pair.sender().protectRtp(buffer, 0, 22)).isEqualTo(SrtpSession.TOO_MANY_STREAMS);
  }

  @Test
  void saysWhatIsWrongWithAKey() {
    assertThatThrownBy(
            () ->
                new SrtpSession(SrtpProfile.AEAD_AES_256_GCM, GCM_KEY, GCM_SALT, GCM_KEY, GCM_SALT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 and 12 bytes")
        .hasMessageContaining("needs 32 and 12");
  }

  @Test
  void saysWhenThereIsNoRoomForTheTag() {
    SrtpSession session = same(SrtpProfile.AEAD_AES_128_GCM, GCM_KEY, GCM_SALT);
    assertThatThrownBy(() -> session.protectRtp(RTP.clone(), 0, RTP.length))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("needs 16 bytes");
  }

  @Test
  void knowsProfilesByTheirNumber() {
    assertThat(SrtpProfile.of(7)).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThatThrownBy(() -> SrtpProfile.of(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1, 7 and 8");
  }

  private static SrtpSession same(SrtpProfile profile, byte[] key, byte[] salt) {
    return new SrtpSession(profile, key, salt, key, salt);
  }

  private static int indexOf(int[] values, int wanted) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("no " + wanted);
  }

  private static String hex(byte[] buffer, int length) {
    return HEX.formatHex(buffer, 0, length);
  }
}
