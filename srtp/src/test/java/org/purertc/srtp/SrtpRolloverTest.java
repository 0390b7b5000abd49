package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.purertc.srtp.SrtpPair.rtcp;
import static org.purertc.srtp.SrtpPair.rtp;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rollover counter and the replay window over loss, reordering and late join. */
class SrtpRolloverTest {
  private static final int SSRC = 0x89ab_cdef;
  private static final int WINDOW = 1_024;

  /** A packet on its way. */
  private record InFlight(double arrival, int number, byte[] bytes) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void readsAllThatArrivesOverFourWraps(long seed) {
    Random random = new Random(seed);
    SrtpPair pair = SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, seed);
    int first = random.nextInt(65_536);
    int last = first + 4 * 65_536;
    PriorityQueue<InFlight> network =
        new PriorityQueue<>((a, b) -> Double.compare(a.arrival, b.arrival));
    int read = 0;
    int arrived = 0;
    for (int number = first; number <= last || !network.isEmpty(); number++) {
      if (number <= last) {
        byte[] packet = pair.protectRtp(rtp(number & 0xffff, SSRC, 4));
        boolean lost = random.nextInt(100) < 10;
        if (!lost) {
          network.add(new InFlight(number + random.nextDouble() * 400, number, packet));
        }
        if (random.nextInt(1_500) == 0) {
          number += random.nextInt(30_000); // an outage: nothing is sent that long
        }
      }
      while (!network.isEmpty() && (network.peek().arrival <= number || number > last)) {
        InFlight next = network.remove();
        arrived++;
        byte[] expected = rtp(next.number & 0xffff, SSRC, 4);
        byte[] buffer = next.bytes;
        int length = pair.receiver().unprotectRtp(buffer, 0, buffer.length);
        if (length != expected.length || !Arrays.equals(buffer, 0, length, expected, 0, length)) {
          fail("seed %d, packet %d: result %d", seed, next.number, length);
        }
        read++;
      }
    }
    assertThat(read).isEqualTo(arrived).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsAPacketThatCameThousandPacketsLate(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    byte[] tooLate = pair.protectRtp(rtp(65_000, SSRC, 10));
    byte[] late = pair.protectRtp(rtp(65_001, SSRC, 10));
    for (int number = 65_002; number < 65_001 + WINDOW; number++) {
      pair.throughRtp(rtp(number & 0xffff, SSRC, 10));
    }
    assertThat(pair.receiver().unprotectRtp(tooLate, 0, tooLate.length))
        .isEqualTo(SrtpSession.REPLAYED);
    assertThat(pair.receiver().unprotectRtp(late.clone(), 0, late.length)).isPositive();
    assertThat(pair.receiver().unprotectRtp(late, 0, late.length)).isEqualTo(SrtpSession.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void sendsAnIndexOnceInAnyOrderWithinTheWindow(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    pair.throughRtp(rtp(3_000, SSRC, 10));
    pair.throughRtp(rtp(2_500, SSRC, 10));
    byte[] buffer = Arrays.copyOf(rtp(2_500, SSRC, 10), 60);
    assertThat(pair.sender().protectRtp(buffer, 0, 22)).isEqualTo(SrtpSession.REPLAYED);
    buffer[3]++;
    assertThat(pair.sender().protectRtp(buffer, 0, 22)).isPositive();
  }

  @Test
  void readsAStreamWhosePacketsBeforeTheFirstWrapWereLost() {
    SrtpPair pair = SrtpPair.of(SrtpProfile.AES128_CM_SHA1_80, 1);
    pair.protectRtp(rtp(65_534, SSRC, 10));
    byte[] late = pair.protectRtp(rtp(65_535, SSRC, 10));
    pair.protectRtp(rtp(0, SSRC, 10));
    pair.throughRtp(rtp(1, SSRC, 10));
    pair.throughRtp(rtp(2, SSRC, 10));
    assertThat(pair.receiver().unprotectRtp(late, 0, late.length)).isEqualTo(22);
  }

  @Test
  void readsAStreamThatStartsJustBeforeTheWrapInAnyOrder() {
    SrtpPair pair = SrtpPair.of(SrtpProfile.AEAD_AES_256_GCM, 1);
    int[] numbers = {65_535, 0, 65_534, 2, 1};
    byte[][] packets = new byte[65_536][];
    for (int number : new int[] {65_534, 65_535, 0, 1, 2}) {
      packets[number] = pair.protectRtp(rtp(number, SSRC, 10));
    }
    for (int number : numbers) {
      assertThat(pair.unprotectRtp(packets[number])).isEqualTo(rtp(number, SSRC, 10));
    }
  }

  @Test
  void cannotReadAStreamThatIsJoinedAfterTwoWraps() {
    SrtpPair pair = SrtpPair.of(SrtpProfile.AEAD_AES_128_GCM, 1);
    for (int number = 0; number < 2 * 65_536; number += 30_000) {
      pair.protectRtp(rtp(number & 0xffff, SSRC, 10));
    }
    pair.protectRtp(rtp(100, SSRC, 10));
    byte[] packet = pair.protectRtp(rtp(101, SSRC, 10));
    assertThat(pair.receiver().unprotectRtp(packet, 0, packet.length))
        .isEqualTo(SrtpSession.AUTHENTICATION_FAILED);
  }

  @Test
  void anSsrcThatIsUsedAgainGoesOnWithItsCounter() {
    SrtpPair pair = SrtpPair.of(SrtpProfile.AES128_CM_SHA1_80, 1);
    pair.throughRtp(rtp(60_000, SSRC, 10));
    pair.throughRtp(rtp(10_000, SSRC, 10)); // ahead, over the wrap
    byte[] buffer = Arrays.copyOf(rtp(8_000, SSRC, 10), 60);
    assertThat(pair.sender().protectRtp(buffer, 0, 22)).isEqualTo(SrtpSession.REPLAYED);
    assertThat(buffer).startsWith(rtp(8_000, SSRC, 10));
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfForgedSsrcsMakesNoStream(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    Random random = new Random(1);
    for (int i = 0; i < 3 * SrtpSession.MAX_STREAMS; i++) {
      byte[] forged = new byte[60];
      random.nextBytes(forged);
      forged[0] = (byte) 0x80;
      assertThat(pair.receiver().unprotectRtp(forged, 0, 60))
          .isEqualTo(SrtpSession.AUTHENTICATION_FAILED);
      int eBitAt = profile == SrtpProfile.AES128_CM_SHA1_80 ? 60 - 14 : 60 - 4;
      forged[eBitAt] |= (byte) 0x80;
      assertThat(pair.receiver().unprotectRtcp(forged, 0, 60))
          .isEqualTo(SrtpSession.AUTHENTICATION_FAILED);
    }
    pair.throughRtp(rtp(1, SSRC, 10));
    pair.throughRtcp(rtcp(SSRC, 28));
  }

  @ParameterizedTest
  @EnumSource
  void aForgedPacketDoesNotMoveTheWindow(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    pair.throughRtp(rtp(65_535, SSRC, 10));
    byte[] forged = rtp(20_000, SSRC, 40);
    assertThat(pair.receiver().unprotectRtp(forged, 0, forged.length)).isNegative();
    assertThat(pair.throughRtp(rtp(0, SSRC, 10))).isEqualTo(rtp(0, SSRC, 10));
  }

  @ParameterizedTest
  @CsvSource({"AES128_CM_SHA1_80, 14", "AEAD_AES_128_GCM, 4", "AEAD_AES_256_GCM, 4"})
  void refusesRtcpThatSaysItIsNotEncrypted(SrtpProfile profile, int eBitBeforeEnd) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    byte[] packet = pair.protectRtcp(rtcp(SSRC, 28));
    packet[packet.length - eBitBeforeEnd] &= 0x7f;
    assertThat(pair.receiver().unprotectRtcp(packet, 0, packet.length))
        .isEqualTo(SrtpSession.MALFORMED);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsReorderedRtcpOnce(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    byte[] first = pair.protectRtcp(rtcp(SSRC, 28));
    pair.throughRtcp(rtcp(SSRC, 32));
    byte[] again = first.clone();
    assertThat(pair.receiver().unprotectRtcp(first, 0, first.length)).isEqualTo(28);
    assertThat(pair.receiver().unprotectRtcp(again, 0, again.length))
        .isEqualTo(SrtpSession.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatDoesNotPassAsItWas(SrtpProfile profile) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    byte[] rtp = pair.protectRtp(rtp(5, SSRC, 100));
    rtp[50] ^= 1;
    byte[] copy = rtp.clone();
    assertThat(pair.receiver().unprotectRtp(rtp, 0, rtp.length)).isNegative();
    assertThat(rtp).isEqualTo(copy);
    byte[] rtcp = pair.protectRtcp(rtcp(SSRC, 100));
    rtcp[50] ^= 1;
    copy = rtcp.clone();
    assertThat(pair.receiver().unprotectRtcp(rtcp, 0, rtcp.length)).isNegative();
    assertThat(rtcp).isEqualTo(copy);
  }
}
