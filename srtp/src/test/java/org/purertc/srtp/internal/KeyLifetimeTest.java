package org.purertc.srtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.srtp.internal.CipherSuite.Transforms;

/** RFC 3711 section 9.2: an index is never used twice with a key, so the last one is the end. */
class KeyLifetimeTest {
  private static final int HEADER_BYTES = 12;

  private final StreamTable sentRtp = new StreamTable(4);
  private final StreamTable sentRtcp = new StreamTable(4);
  private final StreamTable receivedRtp = new StreamTable(4);
  private final StreamTable receivedRtcp = new StreamTable(4);
  private final byte[] packet = new byte[100];

  @ParameterizedTest
  @EnumSource
  void stopsAfterTheLastRtpIndex(CipherSuite suite) {
    SendingContexts sender = sender(suite);
    ReceivingContexts receiver = receiver(suite);
    sentRtp.put(0, at(ReplayWindow.MAX_RTP_INDEX - 1));
    receivedRtp.put(0, at(ReplayWindow.MAX_RTP_INDEX - 1));
    int length = sender.protectRtp(rtp(0xffff), 0, HEADER_BYTES + 8);
    assertThat(receiver.unprotectRtp(packet, 0, length)).isEqualTo(HEADER_BYTES + 8);
    byte[] plain = rtp(0).clone();
    assertThat(sender.protectRtp(packet, 0, HEADER_BYTES + 8))
        .isEqualTo(Result.KEY_LIFETIME_EXCEEDED);
    assertThat(packet).isEqualTo(plain);
    assertThat(receiver.unprotectRtp(packet, 0, 80)).isEqualTo(Result.KEY_LIFETIME_EXCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAfterTheLastRtcpIndex(CipherSuite suite) {
    SendingContexts sender = sender(suite);
    ReceivingContexts receiver = receiver(suite);
    sentRtcp.put(0, at(ReplayWindow.MAX_RTCP_INDEX - 1));
    int length = sender.protectRtcp(packet, 0, 28);
    assertThat(receiver.unprotectRtcp(packet, 0, length)).isEqualTo(28);
    byte[] plain = packet.clone();
    assertThat(sender.protectRtcp(packet, 0, 28)).isEqualTo(Result.KEY_LIFETIME_EXCEEDED);
    assertThat(packet).isEqualTo(plain);
  }

  private SendingContexts sender(CipherSuite suite) {
    return new SendingContexts(transforms(suite), sentRtp, sentRtcp);
  }

  private ReceivingContexts receiver(CipherSuite suite) {
    return new ReceivingContexts(transforms(suite), receivedRtp, receivedRtcp);
  }

  private static Transforms transforms(CipherSuite suite) {
    return suite.transforms(new byte[16], new byte[suite == CipherSuite.AES_GCM ? 12 : 14]);
  }

  private static ReplayWindow at(long index) {
    ReplayWindow window = new ReplayWindow();
    window.add(index);
    return window;
  }

  private byte[] rtp(int sequenceNumber) {
    Arrays.fill(packet, (byte) 0);
    packet[0] = (byte) 0x80;
    packet[2] = (byte) (sequenceNumber >>> 8);
    packet[3] = (byte) sequenceNumber;
    return packet;
  }
}
