package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.srtp.SrtpPair.rtcp;
import static org.purertc.srtp.SrtpPair.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new DTLS association takes over from another, RFC 8842 and RFC 5764 section 5.2. */
class SrtpKeyringTest {
  private static final long CHANGE_NS = -5;
  private static final int SSRC = 0x1234_5678;

  private final SrtpPair before = SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 1);

  @ParameterizedTest
  @EnumSource
  void packetsOfBothAssociationsPassWhereverTheyCross(SrtpProfile profile) {
    SrtpPair after = SrtpPair.of(profile, 2);
    SrtpKeyring keyring = new SrtpKeyring(before.receiver());
    byte[] early = before.protectRtp(rtp(1, SSRC, 100));
    byte[] late = before.protectRtp(rtp(2, SSRC, 100));
    byte[] earlyReport = before.protectRtcp(rtcp(SSRC, 28));
    byte[] lateReport = before.protectRtcp(rtcp(SSRC, 40));
    assertThat(unprotectRtp(keyring, early, CHANGE_NS - 1)).isEqualTo(rtp(1, SSRC, 100));
    assertThat(unprotectRtcp(keyring, earlyReport, CHANGE_NS - 1)).isEqualTo(rtcp(SSRC, 28));

    keyring.replace(after.receiver(), CHANGE_NS);
    byte[] next = after.protectRtp(rtp(3, SSRC, 100));
    assertThat(unprotectRtp(keyring, next, CHANGE_NS)).isEqualTo(rtp(3, SSRC, 100));
    byte[] report = after.protectRtcp(rtcp(SSRC, 60));
    assertThat(unprotectRtcp(keyring, report, CHANGE_NS)).isEqualTo(rtcp(SSRC, 60));
    assertThat(unprotectRtp(keyring, late, CHANGE_NS + 1)).isEqualTo(rtp(2, SSRC, 100));
    assertThat(unprotectRtcp(keyring, lateReport, CHANGE_NS + 1)).isEqualTo(rtcp(SSRC, 40));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesNoPacketThatIsReorderedAroundTheChangeAndTheWrap(long seed) {
    Random random = new Random(seed);
    SrtpPair after = SrtpPair.of(SrtpProfile.AES128_CM_SHA1_80, seed);
    int first = 65_536 - 100 - random.nextInt(50);
    List<byte[]> sent = new ArrayList<>();
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] packet = rtp(first + i & 0xffff, SSRC, 20);
      sent.add(packet);
      packets.add((i < 90 ? before : after).protectRtp(packet));
    }
    List<Integer> order = new ArrayList<>();
    double[] arrival = random.doubles(200, 0, 30).toArray();
    for (int i = 0; i < 200; i++) {
      arrival[i] += i;
      order.add(i);
    }
    order.sort((a, b) -> Double.compare(arrival[a], arrival[b]));
    SrtpKeyring keyring = new SrtpKeyring(before.receiver());
    for (int i : order) {
      if (i == order.get(85)) {
        keyring.replace(after.receiver(), CHANGE_NS);
      }
      boolean beforeItsKeys = i >= 90 && order.indexOf(i) < 85;
      if (!beforeItsKeys) {
        assertThat(unprotectRtp(keyring, packets.get(i), CHANGE_NS + i))
            .as("seed %d, packet %d", seed, i)
            .isEqualTo(sent.get(i));
      }
    }
  }

  @Test
  void protectsWithTheNewest() {
    SrtpPair after = SrtpPair.of(SrtpProfile.AES128_CM_SHA1_80, 2);
    SrtpKeyring keyring = new SrtpKeyring(before.sender());
    assertThat(keyring.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    keyring.replace(after.sender(), CHANGE_NS);
    assertThat(keyring.profile()).isEqualTo(SrtpProfile.AES128_CM_SHA1_80);
    byte[] packet = rtp(1, SSRC, 50);
    byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
    int length = keyring.protectRtp(buffer, 0, packet.length);
    assertThat(after.unprotectRtp(Arrays.copyOf(buffer, length))).isEqualTo(packet);
    byte[] report = rtcp(SSRC, 28);
    buffer = Arrays.copyOf(report, report.length + SrtpSession.MAX_OVERHEAD_BYTES);
    length = keyring.protectRtcp(buffer, 0, report.length);
    assertThat(after.receiver().unprotectRtcp(buffer, 0, length)).isEqualTo(report.length);
  }

  @Test
  void forgetsThePreviousKeysAfterTheMaximumSegmentLifetime() {
    SrtpKeyring keyring = changed();
    byte[] inTime = before.protectRtp(rtp(1, SSRC, 50));
    byte[] tooLate = before.protectRtp(rtp(2, SSRC, 50));
    long endNs = CHANGE_NS + SrtpKeyring.PREVIOUS_KEPT_NS;
    assertThat(keyring.unprotectRtp(inTime, 0, inTime.length, endNs - 1)).isPositive();
    assertThat(keyring.unprotectRtp(tooLate, 0, tooLate.length, endNs))
        .isEqualTo(SrtpSession.AUTHENTICATION_FAILED);
  }

  @Test
  void refusesAReplayOfThePreviousKeys() {
    SrtpKeyring keyring = new SrtpKeyring(before.receiver());
    byte[] packet = before.protectRtp(rtp(1, SSRC, 50));
    assertThat(keyring.unprotectRtp(packet.clone(), 0, packet.length, CHANGE_NS)).isPositive();
    keyring.replace(SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 2).receiver(), CHANGE_NS);
    assertThat(keyring.unprotectRtp(packet, 0, packet.length, CHANGE_NS)).isNegative();
  }

  @Test
  void aForgedPacketPassesWithNeither() {
    SrtpKeyring keyring = changed();
    byte[] packet = SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 3).protectRtp(rtp(1, SSRC, 50));
    assertThat(keyring.unprotectRtp(packet, 0, packet.length, CHANGE_NS))
        .isEqualTo(SrtpSession.AUTHENTICATION_FAILED);
  }

  private SrtpKeyring changed() {
    SrtpKeyring keyring = new SrtpKeyring(before.receiver());
    keyring.replace(SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 2).receiver(), CHANGE_NS);
    return keyring;
  }

  private static byte[] unprotectRtp(SrtpKeyring keyring, byte[] packet, long nowNs) {
    byte[] buffer = packet.clone();
    int length = keyring.unprotectRtp(buffer, 0, buffer.length, nowNs);
    assertThat(length).isPositive();
    return Arrays.copyOf(buffer, length);
  }

  private static byte[] unprotectRtcp(SrtpKeyring keyring, byte[] packet, long nowNs) {
    byte[] buffer = packet.clone();
    int length = keyring.unprotectRtcp(buffer, 0, buffer.length, nowNs);
    assertThat(length).isPositive();
    return Arrays.copyOf(buffer, length);
  }
}
