package org.purertc.internal.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.Hex;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

class RtcpReaderTest {
  private static final String REPORT = "80 c9 0001 00000007";
  private static final String LOSS = "81 ce 0002 00000007 00000002";

  private static RtcpReader reader(String... hex) {
    byte[] bytes = Hex.bytes(hex);
    return new RtcpReader(bytes, 0, bytes.length);
  }

  @Test
  void readsACompoundPacketInItsOrder() throws Exception {
    RtcpReader reader = reader(REPORT, "81 ca 0003 00000007 01 04 61626364 0000", LOSS);
    assertThat(reader.next()).isInstanceOf(ReceiverReport.class);
    assertThat(reader.next()).isInstanceOf(SourceDescription.class);
    assertThat(reader.next()).isEqualTo(new PictureLossIndication(7, 2));
    assertThat(reader.hasNext()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void takesPacketsOfReducedSize() throws Exception {
    assertThat(reader(LOSS).next()).isEqualTo(new PictureLossIndication(7, 2));
  }

  @Test
  void aMalformedPacketEndsTheWalkAfterThoseBeforeIt() throws Exception {
    RtcpReader reader = reader(REPORT, "81 ce 0001 00000007", LOSS);
    assertThat(reader.next()).isInstanceOf(ReceiverReport.class);
    assertThatThrownBy(reader::next).isInstanceOf(MalformedPacketException.class);
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void refusesALengthBeyondTheDatagramAndAnotherVersion() {
    assertThatThrownBy(reader("80 c9 0002 00000007")::next)
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(reader("40 c9 0001 00000007")::next)
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(reader("80 c9 00")::next).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void cutsPaddingFromTheLastPacketOnly() throws Exception {
    RtcpReader padded = reader(REPORT, "a1 ce 0003 00000007 00000002 00000004");
    padded.next();
    assertThat(padded.next()).isEqualTo(new PictureLossIndication(7, 2));
    assertThatThrownBy(reader("a0 c9 0002 00000007 00000004", LOSS)::next)
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void refusesPaddingOfAWrongSize() {
    for (String padding : List.of("00000000", "00000003", "0000000c")) {
      assertThatThrownBy(reader("a1 ce 0003 00000007 00000002", padding)::next)
          .as(padding)
          .isInstanceOf(MalformedPacketException.class);
    }
    assertThatThrownBy(reader("a0 cb 0000")::next).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void writerRefusesWhatDoesNotFit() {
    byte[] buffer = new byte[32];
    RtcpWriter writer = new RtcpWriter(buffer, 4, 20);
    assertThat(writer.add(new PictureLossIndication(7, 2))).isTrue();
    assertThat(writer.add(new PictureLossIndication(7, 3))).isFalse();
    assertThat(writer.add(new ReceiverReport(7, List.of()))).isTrue();
    assertThat(writer.remaining()).isZero();
    assertThat(Hex.of(buffer))
        .isEqualTo("00000000" + Hex.of(Hex.bytes(LOSS, REPORT)) + "0000000000000000");
  }

  private static byte[] wire(List<RtcpPacket> packets) {
    byte[] buffer = new byte[packets.stream().mapToInt(RtcpPacket::bytes).sum()];
    ByteWriter out = new ByteWriter(buffer, 0);
    packets.forEach(packet -> packet.write(out));
    return buffer;
  }

  private static List<RtcpPacket> samples() {
    ReportBlock block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
    return List.of(
        new SenderReport(1, 2, 3, 4, 5, List.of(block, block)),
        new ReceiverReport(1, List.of(block)),
        new SourceDescription(List.of(new SourceDescription.Chunk(1, "name", "mid"))),
        new Nack(1, 2, new int[] {1, 3, 70}),
        new TransportFeedback(1, 2, 3, 4, 5, 6, new int[] {0, 2}, new int[] {7, 800}),
        new PictureLossIndication(1, 2),
        new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(2, 3))),
        new Remb(1, 1_000_000, new long[] {1, 2}),
        new ExtendedReports(1, 2, List.of(new ExtendedReports.Delay(1, 2, 3))),
        new Bye(new long[] {1}, "end"));
  }

  @Test
  void damagedPacketsAreReadOrRefusedAndWhatIsReadCanBeWritten() {
    byte[] original = wire(samples());
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = original.clone();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int from = 4 * random.nextInt(damaged.length / 8);
      int length = random.nextInt(damaged.length - from);
      assertReadOrRefused(damaged, from, length, seed);
    }
  }

  @Test
  void randomBytesAreReadOrRefused() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      for (int at = 0; at + 4 <= bytes.length; at += 4 * random.nextInt(1, 9)) {
        bytes[at] = (byte) (0x80 | bytes[at] & 0x3f);
        bytes[at + 1] = (byte) (200 + random.nextInt(8));
        bytes[at + 2] = 0;
        bytes[at + 3] = (byte) random.nextInt(8);
      }
      assertReadOrRefused(bytes, 0, bytes.length, seed);
    }
  }

  private static void assertReadOrRefused(byte[] bytes, int offset, int length, long seed) {
    List<RtcpPacket> packets = new ArrayList<>();
    try {
      RtcpReader reader = new RtcpReader(bytes, offset, length);
      while (reader.hasNext()) {
        packets.add(reader.next());
      }
    } catch (MalformedPacketException e) {
      assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    for (RtcpPacket packet : packets) {
      assertReadAgain(packet, seed);
    }
  }

  private static void assertReadAgain(RtcpPacket packet, long seed) {
    byte[] again = wire(List.of(packet));
    try {
      RtcpPacket second = new RtcpReader(again, 0, again.length).next();
      assertThat(wire(List.of(second))).as("seed %d: %s", seed, packet).isEqualTo(again);
    } catch (MalformedPacketException e) {
      throw new AssertionError("seed " + seed + ": " + packet, e);
    }
  }
}
