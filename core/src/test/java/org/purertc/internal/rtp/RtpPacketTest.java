package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.purertc.internal.util.MalformedPacketException;

class RtpPacketTest {

  private static RtpPacket parse(String... hex) throws MalformedPacketException {
    byte[] bytes = Hex.bytes(hex);
    byte[] within = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, within, 3, bytes.length);
    RtpPacket packet = new RtpPacket();
    packet.parse(within, 3, bytes.length);
    return packet;
  }

  @Test
  void readsTheFixedHeader() throws Exception {
    RtpPacket packet = parse("80 ef ffee fedcba98 89abcdef", "0102030405");
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(111);
    assertThat(packet.sequence()).isEqualTo(0xffee);
    assertThat(packet.timestamp()).isEqualTo(0xfedcba98L);
    assertThat(packet.ssrc()).isEqualTo(0x89abcdefL);
    assertThat(packet.payloadOffset()).isEqualTo(3 + 12);
    assertThat(packet.payloadLength()).isEqualTo(5);
    assertThat(packet.headerAndPaddingBytes()).isEqualTo(12);
  }

  @Test
  void readsContributingSources() throws Exception {
    RtpPacket packet = parse("82 6f 0001 00000002 00000003", "f0000004 00000005", "aa");
    assertThat(packet.csrcCount()).isEqualTo(2);
    assertThat(packet.csrc(0)).isEqualTo(0xf0000004L);
    assertThat(packet.csrc(1)).isEqualTo(5);
    assertThat(packet.payloadLength()).isEqualTo(1);
    assertThatThrownBy(() -> packet.csrc(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesPaddingOutOfThePayload() throws Exception {
    assertThat(parse("a0 60 0001 00000002 00000003", "aabb 000003").payloadLength()).isEqualTo(2);
    assertThat(parse("a0 60 0001 00000002 00000003", "00000004").payloadLength()).isZero();
  }

  @Test
  void refusesPaddingThatIsLongerThanThePayloadOrNone() {
    assertMalformed("a0 60 0001 00000002 00000003", "000004");
    assertMalformed("a0 60 0001 00000002 00000003", "aabb00");
    assertMalformed("a0 60 0001 00000002 00000003");
  }

  @Test
  void refusesOtherVersionsAndShortHeaders() {
    assertMalformed("40 60 0001 00000002 00000003");
    assertMalformed("80 60 0001 00000002 000000");
    assertMalformed("81 60 0001 00000002 00000003");
    assertMalformed("90 60 0001 00000002 00000003", "bede00");
    assertMalformed("90 60 0001 00000002 00000003", "bede0001 ffffff");
    assertMalformed("");
  }

  private static void assertMalformed(String... hex) {
    assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void isUsedAgainForTheNextPacketWithoutTracesOfTheOneBefore() throws Exception {
    RtpPacket packet = new RtpPacket();
    byte[] first = Hex.bytes("b1 e0 0001 00000002 00000003 00000004 bede0001 10aa0000 aa01");
    packet.parse(first, 0, first.length);
    assertThat(packet.extension(1)).isPositive();
    byte[] second = Hex.bytes("80 60 0005 00000006 00000007 bede0001");
    packet.parse(second, 0, second.length);
    assertThat(packet.marker()).isFalse();
    assertThat(packet.csrcCount()).isZero();
    assertThat(packet.extension(1)).isEqualTo(-1);
    assertThat(packet.payloadLength()).isEqualTo(4);
  }

  @Test
  void restoresTheOriginalOfARetransmission() throws Exception {
    // RFC 4588 section 4: the original sequence number stands before the original payload.
    RtpPacket packet = parse("80 e1 0001 00000002 00000003", "fffe aabbcc");
    packet.restoreOriginal(96, 0x11223344L);
    assertThat(packet.sequence()).isEqualTo(0xfffe);
    assertThat(packet.ssrc()).isEqualTo(0x11223344L);
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.timestamp()).isEqualTo(2);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(3);
    assertThat(packet.buffer()[packet.payloadOffset()]).isEqualTo((byte) 0xaa);
  }

  @Test
  void refusesARetransmissionWithoutOriginalSequenceNumber() throws Exception {
    RtpPacket packet = parse("80 e1 0001 00000002 00000003", "ff");
    assertThatThrownBy(() -> packet.restoreOriginal(96, 1))
        .isInstanceOf(MalformedPacketException.class);
  }
}
