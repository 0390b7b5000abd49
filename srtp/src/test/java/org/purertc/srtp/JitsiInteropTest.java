package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.srtp.SrtpPair.rtcp;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What our contexts protect, jitsi-srtp's unprotect, and the other way round. */
class JitsiInteropTest {
  private static final int[] SSRCS = {0, 1, -1, 0x7fff_ffff};

  private final Random random = new Random(11);
  private final RtpTraffic traffic = new RtpTraffic(11);

  @ParameterizedTest
  @EnumSource
  void protectTheSameBytesOverWrapsLossAndReordering(SrtpProfile profile) throws Exception {
    byte[] key = bytes(profile.keyBytes());
    byte[] salt = bytes(profile.saltBytes());
    SrtpSession ours = new SrtpSession(profile, key, salt, key, salt);
    JitsiSession sender = JitsiSession.sender(profile, key, salt);
    JitsiSession receiver = JitsiSession.receiver(profile, key, salt);
    int compared = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] packet = traffic.next();
      byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
      int length = ours.protectRtp(buffer, 0, packet.length);
      byte[] theirs = sender.rtp(packet);
      if (theirs == null) {
        continue; // this number was used before
      }
      compared++;
      assertThat(Arrays.copyOf(buffer, length)).as("seed 11, packet %d", i).isEqualTo(theirs);
      if (random.nextInt(10) != 0) {
        assertThat(receiver.rtp(theirs)).as("seed 11, packet %d", i).isEqualTo(packet);
        assertThat(ours.unprotectRtp(buffer, 0, length)).isEqualTo(packet.length);
        assertThat(buffer).as("seed 11, packet %d", i).startsWith(packet);
      }
    }
    assertThat(compared).isGreaterThan(1_750);
  }

  @ParameterizedTest
  @EnumSource
  void protectTheSameRtcp(SrtpProfile profile) throws Exception {
    byte[] key = bytes(profile.keyBytes());
    byte[] salt = bytes(profile.saltBytes());
    SrtpSession ours = new SrtpSession(profile, key, salt, key, salt);
    JitsiSession sender = JitsiSession.sender(profile, key, salt);
    JitsiSession receiver = JitsiSession.receiver(profile, key, salt);
    for (int i = 0; i < 1_000; i++) {
      byte[] packet = rtcp(SSRCS[random.nextInt(4)], 8 + 4 * random.nextInt(300));
      byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
      int length = ours.protectRtcp(buffer, 0, packet.length);
      byte[] theirs = sender.rtcp(packet);
      assertThat(Arrays.copyOf(buffer, length)).as("seed 11, packet %d", i).isEqualTo(theirs);
      assertThat(receiver.rtcp(theirs)).as("seed 11, packet %d", i).isEqualTo(packet);
      assertThat(ours.unprotectRtcp(buffer, 0, length)).isEqualTo(packet.length);
      assertThat(buffer).as("seed 11, packet %d", i).startsWith(packet);
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
