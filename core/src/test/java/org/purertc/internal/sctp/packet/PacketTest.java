package org.purertc.internal.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

class PacketTest {
  private final byte[] buffer = new byte[4096];

  /** RFC 3720 appendix B.4 and the check value of the CRC catalogues. */
  @Test
  void crc32cHasItsKnownValues() {
    assertThat(crcOf("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283L);
    assertThat(crcOf(new byte[32])).isEqualTo(0x8a9136aaL);
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(crcOf(ones)).isEqualTo(0x62a8ab43L);
  }

  /** RFC 9260 appendix A. */
  @Test
  void checksumStandsLowestByteFirst() {
    int length = packet(new CookieAckChunk());
    byte[] zeroed = Arrays.copyOf(buffer, length);
    Arrays.fill(zeroed, 8, 12, (byte) 0);
    long crc = crcOf(zeroed);
    for (int i = 0; i < 4; i++) {
      assertThat(buffer[8 + i]).isEqualTo((byte) (crc >>> 8 * i));
    }
  }

  @Test
  void headerComesBack() throws Exception {
    int length = packet(new CookieAckChunk());
    PacketReader reader = new PacketReader(buffer, 0, length, Checksum.CRC32C);
    assertThat(reader.sourcePort()).isEqualTo(5000);
    assertThat(reader.destinationPort()).isEqualTo(5001);
    assertThat(reader.verificationTag()).isEqualTo(0xfedcba98L);
    assertThat(reader.firstType()).isEqualTo(ChunkType.COOKIE_ACK);
    assertThat(reader.next()).isEqualTo(new CookieAckChunk());
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void wrongChecksumIsRefused() {
    int length = packet(new CookieAckChunk());
    buffer[9] ^= 1;
    assertThatThrownBy(() -> new PacketReader(buffer, 0, length, Checksum.CRC32C))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> new PacketReader(buffer, 0, length, Checksum.ZERO))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void zeroChecksumIsTakenOnlyWhereAllowed() throws Exception {
    PacketWriter writer = new PacketWriter(buffer, 0, 1200).header(5000, 5000, 1);
    int length = writer.add(new CookieAckChunk()).finish(Checksum.ZERO);
    assertThat(new PacketReader(buffer, 0, length, Checksum.ZERO).hasNext()).isTrue();
    assertThatThrownBy(() -> new PacketReader(buffer, 0, length, Checksum.CRC32C))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void crcIsTakenWhereZeroIsAllowed() throws Exception {
    int length = packet(new CookieAckChunk());
    assertThat(new PacketReader(buffer, 0, length, Checksum.ZERO).hasNext()).isTrue();
  }

  @Test
  void chunksComeBackInOrder() throws Exception {
    int length =
        packet(
            new CookieEchoChunk(new byte[5]),
            new SackChunk(1, 2, new int[0], new long[0]),
            new ShutdownChunk(7));
    PacketReader reader = new PacketReader(buffer, 0, length, Checksum.CRC32C);
    assertThat(reader.next()).isInstanceOf(CookieEchoChunk.class);
    assertThat(reader.next()).isInstanceOf(SackChunk.class);
    assertThat(reader.next()).isEqualTo(new ShutdownChunk(7));
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void initWithAnotherChunkIsRefused() throws Exception {
    InitChunk init = new InitChunk(1, 2, 3, 4, 5, Parameters.NONE);
    PacketWriter writer = new PacketWriter(buffer, 0, 1200).header(5000, 5000, 0);
    writer.add(init);
    assertThat(writer.fits(new CookieAckChunk())).isFalse();
    int length = append(init, new CookieAckChunk());
    assertThatThrownBy(() -> new PacketReader(buffer, 0, length, Checksum.ZERO))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("alone");
    int reversed = append(new CookieAckChunk(), init);
    PacketReader reader = new PacketReader(buffer, 0, reversed, Checksum.ZERO);
    assertThat(reader.next()).isEqualTo(new CookieAckChunk());
    assertThatThrownBy(reader::next).isInstanceOf(MalformedPacketException.class);
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void malformedChunkEndsTheWalk() throws Exception {
    int length = append(new CookieAckChunk(), new ShutdownChunk(7), new CookieAckChunk());
    buffer[18] = 0;
    buffer[19] = 3;
    PacketReader reader = new PacketReader(buffer, 0, length, Checksum.ZERO);
    assertThat(reader.next()).isEqualTo(new CookieAckChunk());
    assertThatThrownBy(reader::next).isInstanceOf(MalformedPacketException.class);
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void paddingOfTheLastChunkMayBeMissing() throws Exception {
    int length = append(new CookieEchoChunk(new byte[] {1})) - 3;
    PacketReader reader = new PacketReader(buffer, 0, length, Checksum.ZERO);
    assertThat(((CookieEchoChunk) reader.next()).cookie()).containsExactly(1);
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void writerKeepsToItsLimit() {
    PacketWriter writer = new PacketWriter(buffer, 0, 31).header(5000, 5000, 1);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(writer.finish(Checksum.CRC32C)).isZero();
    assertThat(writer.fits(new CookieEchoChunk(new byte[12]))).isTrue();
    assertThat(writer.fits(new CookieEchoChunk(new byte[13]))).isFalse();
    assertThatThrownBy(() -> writer.add(new CookieEchoChunk(new byte[13])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyChunkIsTheSameAfterARoundTrip(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Chunk chunk = Chunks.any(random);
      String hex = Chunks.hex(chunk);
      Chunk parsed = Chunks.parse(hex);
      assertThat(parsed).as("seed %d, round %d", seed, i).hasSameClassAs(chunk);
      assertThat(Chunks.hex(parsed)).as("seed %d, round %d", seed, i).isEqualTo(hex);
      assertThat(parsed.length()).as("seed %d, round %d", seed, i).isEqualTo(chunk.length());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void mutatedPacketIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Chunk[] chunks = new Chunk[1 + random.nextInt(4)];
      Arrays.setAll(chunks, index -> Chunks.any(random));
      int length = append(chunks);
      for (int change = random.nextInt(6); change >= 0; change--) {
        buffer[12 + random.nextInt(length - 12)] = (byte) random.nextInt(256);
      }
      length -= random.nextInt(5) == 0 ? random.nextInt(length) : 0;
      String seen = "seed " + seed + ", round " + i;
      assertThat(walk(length)).as(seen).hasSizeLessThanOrEqualTo(length / 4);
    }
  }

  /** Nothing but the one exception may leave the reader, and what was read can be written. */
  private List<Chunk> walk(int length) {
    List<Chunk> read = new ArrayList<>();
    try {
      PacketReader reader = new PacketReader(buffer, 0, length, Checksum.ZERO);
      while (reader.hasNext()) {
        Chunk chunk = reader.next();
        Chunks.hex(chunk);
        read.add(chunk);
      }
    } catch (MalformedPacketException e) {
      assertThat(e.getStackTrace()).isEmpty();
    }
    return read;
  }

  private int packet(Chunk... chunks) {
    PacketWriter writer = new PacketWriter(buffer, 0, 1200).header(5000, 5001, 0xfedcba98L);
    for (Chunk chunk : chunks) {
      writer.add(chunk);
    }
    return writer.finish(Checksum.CRC32C);
  }

  /** Packs without the rules of bundling, with checksum 0. */
  private int append(Chunk... chunks) {
    ByteWriter out = new ByteWriter(buffer, 0);
    out.u16(5000).u16(5000).u32(1).u32(0);
    for (Chunk chunk : chunks) {
      chunk.writeTo(out);
    }
    return out.length();
  }

  private static long crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
