package org.purertc.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.MalformedPacketException;

/** Reads and writes whole SCTP packets; what CRC32c costs is the difference to {@code ZERO}. */
public class SctpPacketBenchmark extends InnerLoop {
  /** 1,200 less the 37 of a DTLS record, cut to a multiple of four. */
  private static final int PACKET_BYTES = 1_160;

  private static final int SMALL_BYTES = 64;

  /** What a packet carries. */
  public enum Content {
    /** One fragment that fills the packet. */
    FRAGMENT,
    /** As many messages of 64 bytes as fit. */
    SMALL_MESSAGES,
    /** A SACK with four gaps. */
    SACK
  }

  @Param({"FRAGMENT", "SMALL_MESSAGES", "SACK"})
  public Content content = Content.FRAGMENT;

  @Param({"CRC32C", "ZERO"})
  public Checksum checksum = Checksum.CRC32C;

  private final byte[] buffer = new byte[PACKET_BYTES];
  private List<Chunk> chunks = List.of();
  private byte[] packet = {};

  @Setup
  public void fill() {
    chunks = chunks(content);
    int length = write();
    packet = Arrays.copyOf(buffer, length);
  }

  private static List<Chunk> chunks(Content content) {
    return switch (content) {
      case FRAGMENT ->
          List.of(data(1, PACKET_BYTES - PacketReader.HEADER_BYTES - DataChunk.HEADER_BYTES));
      case SMALL_MESSAGES -> {
        List<Chunk> small = new ArrayList<>();
        int room = PACKET_BYTES - PacketReader.HEADER_BYTES;
        for (int tsn = 1; tsn <= room / (DataChunk.HEADER_BYTES + SMALL_BYTES); tsn++) {
          small.add(data(tsn, SMALL_BYTES));
        }
        yield List.copyOf(small);
      }
      case SACK ->
          List.of(
              new SackChunk(
                  1, 1 << 20, new int[] {2, 3, 5, 8, 10, 10, 12, 40}, new long[] {1_000, 1_001}));
    };
  }

  private static DataChunk data(long tsn, int bytes) {
    byte[] payload = new byte[bytes];
    return new DataChunk(false, false, true, true, tsn, 0, (int) tsn, 53, payload, 0, bytes);
  }

  @Benchmark
  public int write() {
    PacketWriter writer = new PacketWriter(buffer, 0, PACKET_BYTES);
    writer.header(5000, 5000, 0x1234_5678);
    for (int i = 0; i < chunks.size(); i++) {
      writer.add(chunks.get(i));
    }
    return writer.finish(checksum);
  }

  @Benchmark
  public void parse(Blackhole sink) throws MalformedPacketException {
    PacketReader reader = new PacketReader(packet, 0, packet.length, checksum);
    while (reader.hasNext()) {
      sink.consume(reader.next());
    }
  }
}
