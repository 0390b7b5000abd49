package org.purertc.internal.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.rtp.Hex;
import org.purertc.internal.util.MalformedPacketException;

/** Each packet against bytes written down by hand from its RFC's figure. */
class RtcpPacketsTest {

  private static byte[] written(RtcpPacket packet) {
    byte[] buffer = new byte[2_000];
    RtcpWriter writer = new RtcpWriter(buffer, 0, buffer.length);
    assertThat(writer.add(packet)).isTrue();
    assertThat(writer.length()).isEqualTo(packet.bytes());
    return Arrays.copyOf(buffer, writer.length());
  }

  private static RtcpPacket read(byte[] bytes) throws MalformedPacketException {
    RtcpReader reader = new RtcpReader(bytes, 0, bytes.length);
    RtcpPacket packet = reader.next();
    assertThat(reader.hasNext()).isFalse();
    return packet;
  }

  private static void assertWire(RtcpPacket packet, String... hex) throws Exception {
    byte[] bytes = Hex.bytes(hex);
    assertThat(Hex.of(written(packet))).isEqualTo(Hex.of(bytes));
    assertThat(read(bytes)).usingRecursiveComparison().isEqualTo(packet);
  }

  private static void assertMalformed(String... hex) {
    assertThatThrownBy(() -> read(Hex.bytes(hex))).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void senderReport() throws Exception {
    ReportBlock block =
        new ReportBlock(0xaabbccddL, 64, -2, 0x1ffffL, 90, 0x56789abcL, 0x00018000L);
    assertWire(
        new SenderReport(1, 0xe0000000_80000000L, 0xfffffff0L, 300, 0x1_0000L, List.of(block)),
        "81 c8 000c 00000001",
        "e0000000 80000000 fffffff0 0000012c 00010000",
        "aabbccdd 40 fffffe 0001ffff 0000005a 56789abc 00018000");
  }

  @Test
  void receiverReport() throws Exception {
    ReportBlock block = new ReportBlock(2, 255, 0x7fffff, 0xffffffffL, 0xffffffffL, 0, 0);
    assertWire(
        new ReceiverReport(0xfffffffeL, List.of(block, block)),
        "82 c9 000d fffffffe",
        "00000002 ff 7fffff ffffffff ffffffff 00000000 00000000",
        "00000002 ff 7fffff ffffffff ffffffff 00000000 00000000");
    assertWire(new ReceiverReport(7, List.of()), "80 c9 0001 00000007");
  }

  @Test
  void reportsWithFewerBlocksThanTheySayAreMalformed() {
    assertMalformed("81 c9 0001 00000007");
    assertMalformed("80 c8 0005 00000001 e0000000 80000000 fffffff0 0000012c");
  }

  @Test
  void profileSpecificExtensionsOfReportsAreSkipped() throws Exception {
    assertThat(read(Hex.bytes("80 c9 0002 00000007 12345678")))
        .isEqualTo(new ReceiverReport(7, List.of()));
  }

  @Test
  void aReportHoldsAtMost31Blocks() {
    List<ReportBlock> blocks = Collections.nCopies(32, new ReportBlock(1, 0, 0, 0, 0, 0, 0));
    assertThatThrownBy(() -> new ReceiverReport(1, blocks))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sourceDescription() throws Exception {
    assertWire(
        new SourceDescription(
            List.of(
                new SourceDescription.Chunk(1, "abc", "0"),
                new SourceDescription.Chunk(2, "abcde", ""))),
        "82 ca 0007",
        "00000001 01 03 616263 0f 01 30 00000000",
        "00000002 01 05 6162636465 00");
  }

  @Test
  void otherItemsOfASourceDescriptionAreSkipped() throws Exception {
    assertThat(read(Hex.bytes("81 ca 0004 00000001 06 02 7878 01 03 616263 00 00 00")))
        .isEqualTo(new SourceDescription(List.of(new SourceDescription.Chunk(1, "abc", ""))));
    assertMalformed("81 ca 0002 00000001 01 06 7878");
    assertMalformed("81 ca 0002 00000001 01 02 7878");
  }

  @Test
  void bye() throws Exception {
    assertWire(new Bye(new long[] {1, 0xffffffffL}, ""), "82 cb 0002 00000001 ffffffff");
    assertWire(new Bye(new long[] {1}, "gone"), "81 cb 0003 00000001 04 676f6e65 000000");
    assertMalformed("82 cb 0001 00000001");
    assertMalformed("81 cb 0002 00000001 05 676f6e");
  }

  @Test
  void nackPacksSixteenFollowersIntoOneEntry() throws Exception {
    assertWire(
        new Nack(1, 2, new int[] {10, 11, 26, 27}),
        "81 cd 0004 00000001 00000002",
        "000a 8001 001b 0000");
  }

  @Test
  void nackGoesOnAcrossTheWrapOfSequenceNumbers() throws Exception {
    assertWire(
        new Nack(1, 2, new int[] {65534, 65535, 0, 14}),
        "81 cd 0003 00000001 00000002",
        "fffe 8003");
  }

  @Test
  void nackOfNothingIsMalformed() {
    assertMalformed("81 cd 0002 00000001 00000002");
  }

  @Test
  void pictureLossIndication() throws Exception {
    assertWire(new PictureLossIndication(1, 2), "81 ce 0002 00000001 00000002");
    assertMalformed("81 ce 0001 00000001");
  }

  @Test
  void fullIntraRequest() throws Exception {
    assertWire(
        new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(2, 255))),
        "84 ce 0004 00000001 00000000",
        "00000002 ff000000");
    assertMalformed("84 ce 0002 00000001 00000000");
  }

  @ParameterizedTest
  @CsvSource({"0, 000000", "262143, 03ffff", "262144, 060000", "2500000, 12625a"})
  void remb(long bitsPerSecond, String exponentAndMantissa) throws Exception {
    RtcpPacket packet =
        read(
            Hex.bytes("8f ce 0005 00000001 00000000 52454d42 01", exponentAndMantissa, "00000002"));
    assertThat(((Remb) packet).bitsPerSecond()).isEqualTo(bitsPerSecond);
    assertThat(((Remb) packet).ssrcs()).containsExactly(2);
    assertThat(written(packet)).endsWith(Hex.bytes("01", exponentAndMantissa, "00000002"));
  }

  @Test
  void rembRoundsDownAndKeepsToLong() throws Exception {
    Remb remb = new Remb(1, (1 << 20) + 7, new long[0]);
    assertThat(((Remb) read(written(remb))).bitsPerSecond()).isEqualTo(1 << 20);
    assertThat(((Remb) read(written(new Remb(1, Long.MAX_VALUE, new long[0])))).bitsPerSecond())
        .isEqualTo(0x3ffffL << 45);
    assertMalformed("8f ce 0004 00000001 00000000 52454d42 00 ffffff");
    assertMalformed("8f ce 0004 00000001 00000000 52454d42 01 000001");
  }

  @Test
  void extendedReports() throws Exception {
    assertWire(
        new ExtendedReports(
            1, 0xe0000000_80000000L, List.of(new ExtendedReports.Delay(2, 0x12345678L, 0x8000L))),
        "80 cf 0008 00000001",
        "04 00 0002 e0000000 80000000",
        "05 00 0003 00000002 12345678 00008000");
  }

  @Test
  void otherBlocksOfExtendedReportsAreSkipped() throws Exception {
    assertThat(read(Hex.bytes("80 cf 0003 00000001", "01 00 0001 aaaaaaaa")))
        .isEqualTo(new ExtendedReports(1, 0, List.of()));
    assertMalformed("80 cf 0003 00000001", "01 00 0002 aaaaaaaa");
  }

  @Test
  void unknownTypesAndFormatsAreKept() throws Exception {
    assertWire(
        new UnknownRtcp(204, 3, Hex.bytes("00000001 4e414d45")), "83 cc 0002 00000001 4e414d45");
    assertWire(new UnknownRtcp(205, 2, Hex.bytes("01020304")), "82 cd 0001 01020304");
    assertWire(new UnknownRtcp(206, 9, Hex.bytes("01020304")), "89 ce 0001 01020304");
    assertWire(
        new UnknownRtcp(206, 15, Hex.bytes("00000001 00000000 41424344")),
        "8f ce 0003 00000001 00000000 41424344");
    assertWire(new UnknownRtcp(206, 15, Hex.bytes("00000001")), "8f ce 0001 00000001");
  }
}
