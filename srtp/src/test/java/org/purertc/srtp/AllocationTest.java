package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.srtp.SrtpPair.rtp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a packet costs in garbage, both ways: what the JDK's ciphers need when they are set to a new
 * initialization vector, whatever the packet's length.
 */
class AllocationTest {
  private static final int PACKETS = 2_000;

  @ParameterizedTest
  @CsvSource({
    // AES-GCM makes its tables for each initialization vector: about 2,200 bytes on Java 17.
    "AEAD_AES_128_GCM, 4000",
    "AEAD_AES_256_GCM, 4000",
    // Counter mode and HMAC: 304 bytes on Java 17.
    "AES128_CM_SHA1_80, 900"
  })
  void aPacketThereAndBackAllocatesOnlyWhatTheCiphersDo(SrtpProfile profile, long mostBytes) {
    SrtpPair pair = SrtpPair.of(profile, 1);
    byte[] buffer = rtp(0, 1, 1_200 + SrtpSession.MAX_OVERHEAD_BYTES);
    thereAndBack(pair, buffer, 0);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    thereAndBack(pair, buffer, PACKETS);
    long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS;
    assertThat(bytes).isLessThan(mostBytes);
  }

  private static void thereAndBack(SrtpPair pair, byte[] buffer, int first) {
    for (int number = first; number < first + PACKETS; number++) {
      buffer[2] = (byte) (number >>> 8);
      buffer[3] = (byte) number;
      int length = pair.sender().protectRtp(buffer, 0, 1_212);
      if (pair.receiver().unprotectRtp(buffer, 0, length) != 1_212) {
        throw new AssertionError("packet " + number + ": " + length);
      }
    }
  }
}
