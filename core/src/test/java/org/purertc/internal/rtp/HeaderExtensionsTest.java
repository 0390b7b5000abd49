package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.ByteWriter;

class HeaderExtensionsTest {
  private static final String HEADER = "90 60 0001 00000002 00000003";

  /** MID has id 1, the next type 2, and so on. */
  private static final ExtensionIds IDS = ids(1);

  private static ExtensionIds ids(int first) {
    Map<String, Integer> ids = new HashMap<>();
    for (ExtensionType type : ExtensionType.values()) {
      ids.put(type.uri(), first + ids.size());
    }
    return new ExtensionIds(ids);
  }

  private static RtpPacket packet(String... extension) throws Exception {
    byte[] bytes = Hex.bytes(HEADER, String.join("", extension), "99");
    RtpPacket packet = new RtpPacket();
    packet.parse(bytes, 0, bytes.length);
    assertThat(packet.payloadLength()).isEqualTo(1);
    return packet;
  }

  @Test
  void readsOneByteHeaders() throws Exception {
    RtpPacket packet =
        packet(
            "bede 0005", "10 30", "42 123456", "51 abcd", "60 8a", "70 02", "82 00a 014", "000000");
    assertThat(HeaderExtensions.text(packet, IDS, ExtensionType.MID)).isEqualTo("0");
    assertThat(HeaderExtensions.absoluteSendTime(packet, IDS)).isEqualTo(0x123456);
    assertThat(HeaderExtensions.transportSequence(packet, IDS)).isEqualTo(0xabcd);
    assertThat(HeaderExtensions.audioLevel(packet, IDS)).isEqualTo(10);
    assertThat(HeaderExtensions.voiceActivity(packet, IDS)).isTrue();
    assertThat(HeaderExtensions.rotationDegrees(packet, IDS)).isEqualTo(180);
    assertThat(HeaderExtensions.minPlayoutDelayMs(packet, IDS)).isEqualTo(100);
    assertThat(HeaderExtensions.maxPlayoutDelayMs(packet, IDS)).isEqualTo(200);
  }

  @Test
  void readsTwoByteHeadersWithAnyApplicationBits() throws Exception {
    RtpPacket packet =
        packet("100f 0004", "01 01 30", "00", "04 03 123456", "09 00", "03 02 6c6f 00");
    assertThat(HeaderExtensions.text(packet, IDS, ExtensionType.MID)).isEqualTo("0");
    assertThat(HeaderExtensions.absoluteSendTime(packet, IDS)).isEqualTo(0x123456);
    assertThat(HeaderExtensions.text(packet, IDS, ExtensionType.REPAIRED_STREAM_ID))
        .isEqualTo("lo");
    assertThat(HeaderExtensions.absoluteCaptureTime(packet, IDS)).isZero();
  }

  @Test
  void readsAnAbsoluteCaptureTimeWithAndWithoutClockOffset() throws Exception {
    assertThat(
            HeaderExtensions.absoluteCaptureTime(
                packet("bede 0003", "97 8000000140000000", "000000"), IDS))
        .isEqualTo(0x8000000140000000L);
    assertThat(
            HeaderExtensions.absoluteCaptureTime(
                packet("bede 0005", "9f 8000000140000000 0000000000000001", "000000"), IDS))
        .isEqualTo(0x8000000140000000L);
  }

  @Test
  void whatIsNotThereOrNotNegotiatedIsAbsent() throws Exception {
    RtpPacket bare = new RtpPacket();
    byte[] bytes = Hex.bytes("80 60 0001 00000002 00000003");
    bare.parse(bytes, 0, bytes.length);
    RtpPacket unknownProfile = packet("abac 0001", "10 30 0000");
    RtpPacket full = packet("bede 0001", "42 123456");
    for (RtpPacket packet : new RtpPacket[] {bare, unknownProfile}) {
      assertThat(HeaderExtensions.text(packet, IDS, ExtensionType.MID)).isNull();
      assertThat(HeaderExtensions.absoluteSendTime(packet, IDS)).isEqualTo(-1);
      assertThat(HeaderExtensions.audioLevel(packet, IDS)).isEqualTo(-1);
      assertThat(HeaderExtensions.voiceActivity(packet, IDS)).isFalse();
      assertThat(HeaderExtensions.rotationDegrees(packet, IDS)).isEqualTo(-1);
      assertThat(HeaderExtensions.minPlayoutDelayMs(packet, IDS)).isEqualTo(-1);
      assertThat(HeaderExtensions.maxPlayoutDelayMs(packet, IDS)).isEqualTo(-1);
    }
    assertThat(HeaderExtensions.absoluteSendTime(full, ExtensionIds.NONE)).isEqualTo(-1);
  }

  @Test
  void anElementThatIsTooShortIsAbsent() throws Exception {
    assertThat(HeaderExtensions.absoluteSendTime(packet("bede 0001", "41 1234 00"), IDS))
        .isEqualTo(-1);
  }

  @Test
  void elementsBehindTheReservedIdOrALengthOfPaddingAreIgnored() throws Exception {
    // RFC 8285 section 4.2: 15 ends the reading, so does 0 with a length.
    assertThat(HeaderExtensions.transportSequence(packet("bede 0002", "f0 00 51abcd 000000"), IDS))
        .isEqualTo(-1);
    assertThat(HeaderExtensions.transportSequence(packet("bede 0002", "01 0000 51abcd 0000"), IDS))
        .isEqualTo(-1);
  }

  @Test
  void anElementThatReachesBeyondTheExtensionIsIgnored() throws Exception {
    assertThat(HeaderExtensions.absoluteSendTime(packet("bede 0001", "00 42 1234"), IDS))
        .isEqualTo(-1);
    assertThat(HeaderExtensions.absoluteSendTime(packet("1000 0001", "00 04 03 12"), IDS))
        .isEqualTo(-1);
    assertThat(HeaderExtensions.absoluteSendTime(packet("1000 0001", "000000 04"), IDS))
        .isEqualTo(-1);
  }

  @Test
  void comparesTextWithoutCopyingIt() throws Exception {
    RtpPacket packet = packet("bede 0001", "11 6869 00");
    assertThat(HeaderExtensions.hasText(packet, IDS, ExtensionType.MID, "hi")).isTrue();
    assertThat(HeaderExtensions.hasText(packet, IDS, ExtensionType.MID, "h")).isFalse();
    assertThat(HeaderExtensions.hasText(packet, IDS, ExtensionType.MID, "ho")).isFalse();
    assertThat(HeaderExtensions.hasText(packet, IDS, ExtensionType.STREAM_ID, "hi")).isFalse();
  }

  private static byte[] written(ExtensionWriter writer) {
    ByteWriter out = new ByteWriter(new byte[writer.bytes()], 0);
    writer.write(out);
    assertThat(out.length()).isEqualTo(writer.bytes());
    return out.array();
  }

  @Test
  void writesOneByteHeadersWhereTheySuffice() {
    ExtensionWriter writer = new ExtensionWriter();
    writer.add(1, "0");
    writer.add(14, 3, 0x123456);
    assertThat(Hex.of(written(writer))).isEqualTo("bede0002" + "1030" + "e2123456" + "0000");
  }

  @Test
  void writesTwoByteHeadersForALargeIdOrALongText() {
    ExtensionWriter writer = new ExtensionWriter();
    writer.add(15, 1, 7);
    assertThat(Hex.of(written(writer))).isEqualTo("10000001" + "0f010700");
    writer.clear();
    writer.add(1, "seventeen letters");
    assertThat(Hex.of(written(writer)))
        .isEqualTo(
            "10000005"
                + "0111"
                + Hex.of("seventeen letters".getBytes(StandardCharsets.US_ASCII))
                + "00");
  }

  @Test
  void writesNothingWithoutElements() {
    ExtensionWriter writer = new ExtensionWriter();
    writer.add(1, 1, 1);
    writer.clear();
    assertThat(written(writer)).isEmpty();
    assertThatThrownBy(() -> writer.add(1, "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    for (int first : new int[] {1, 100}) {
      ExtensionIds ids = ids(first);
      ExtensionWriter writer = new ExtensionWriter();
      new PacketExtensions(20, true, 270, 100, 40_950, 0x8123456789abcdefL).addTo(writer, ids);
      RtpPacket packet = packet(Hex.of(written(writer)));
      assertThat(HeaderExtensions.audioLevel(packet, ids)).isEqualTo(20);
      assertThat(HeaderExtensions.voiceActivity(packet, ids)).isTrue();
      assertThat(HeaderExtensions.rotationDegrees(packet, ids)).isEqualTo(270);
      assertThat(HeaderExtensions.minPlayoutDelayMs(packet, ids)).isEqualTo(100);
      assertThat(HeaderExtensions.maxPlayoutDelayMs(packet, ids)).isEqualTo(40_950);
      assertThat(HeaderExtensions.absoluteCaptureTime(packet, ids)).isEqualTo(0x8123456789abcdefL);
    }
  }

  @Test
  void writesOnlyWhatWasNegotiated() {
    ExtensionWriter writer = new ExtensionWriter();
    new PacketExtensions(20, true, 270, 100, 200, 1).addTo(writer, ExtensionIds.NONE);
    assertThat(writer.bytes()).isZero();
    PacketExtensions.NONE.addTo(writer, IDS);
    assertThat(writer.bytes()).isZero();
  }
}
