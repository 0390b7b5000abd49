package org.purertc.internal.sctp.packet;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** Chunks for tests: from hex, to hex, and any from a random source. */
final class Chunks {
  private Chunks() {}

  static Chunk parse(String hex) throws MalformedPacketException {
    return Chunk.parse(new ByteReader(bytes(hex)));
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(Chunk chunk) {
    byte[] bytes = new byte[chunk.paddedLength()];
    ByteWriter out = new ByteWriter(bytes, 0);
    chunk.writeTo(out);
    if (out.length() != bytes.length) {
      throw new AssertionError(chunk + " wrote " + out.length() + " of " + bytes.length);
    }
    return HexFormat.of().formatHex(bytes);
  }

  static Chunk any(RandomGenerator random) {
    return switch (random.nextInt(16)) {
      case 0 -> data(random);
      case 1 ->
          new InitChunk(
              tsn(random), tsn(random), u16(random), u16(random), tsn(random), parameters(random));
      case 2 ->
          new InitAckChunk(
              tsn(random), tsn(random), u16(random), u16(random), tsn(random), parameters(random));
      case 3 -> sack(random);
      case 4 -> new HeartbeatChunk(some(random, 40));
      case 5 -> new HeartbeatAckChunk(some(random, 40));
      case 6 -> new AbortChunk(random.nextBoolean(), List.of(cause(random), cause(random)));
      case 7 -> new ErrorChunk(List.of(cause(random)));
      case 8 -> new ShutdownChunk(tsn(random));
      case 9 -> new ShutdownAckChunk();
      case 10 -> new ShutdownCompleteChunk(random.nextBoolean());
      case 11 -> new CookieEchoChunk(some(random, 80));
      case 12 -> new CookieAckChunk();
      case 13 -> forwardTsn(random);
      case 14 -> ReConfigChunk.of(reConfig(random), reConfig(random));
      default -> new UnknownChunk(0x84, random.nextInt(256), some(random, 20));
    };
  }

  private static DataChunk data(RandomGenerator random) {
    byte[] payload = some(random, 100);
    return new DataChunk(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        tsn(random),
        u16(random),
        u16(random),
        tsn(random),
        payload,
        0,
        payload.length);
  }

  private static SackChunk sack(RandomGenerator random) {
    int[] gaps = new int[2 * random.nextInt(5)];
    int offset = 1;
    for (int i = 0; i < gaps.length; i++) {
      offset += 1 + random.nextInt(100);
      gaps[i] = offset;
    }
    long[] duplicates = random.longs(random.nextInt(4), 0, 1L << 32).toArray();
    return new SackChunk(tsn(random), tsn(random), gaps, duplicates);
  }

  private static ForwardTsnChunk forwardTsn(RandomGenerator random) {
    int streams = random.nextInt(5);
    return new ForwardTsnChunk(
        tsn(random),
        random.ints(streams, 0, 65_536).toArray(),
        random.ints(streams, 0, 65_536).toArray());
  }

  private static ReConfigParameter reConfig(RandomGenerator random) {
    int[] ids = random.ints(random.nextInt(4), 0, 65_536).toArray();
    return switch (random.nextInt(8)) {
      case 0 -> new ReConfigParameter.OutgoingSsnReset(tsn(random), tsn(random), tsn(random), ids);
      case 1 -> new ReConfigParameter.IncomingSsnReset(tsn(random), ids);
      case 2 -> new ReConfigParameter.SsnTsnReset(tsn(random));
      case 3 -> new ReConfigParameter.Response(tsn(random), random.nextInt(7));
      case 4 -> new ReConfigParameter.Response(tsn(random), 1, tsn(random), tsn(random));
      case 5 -> new ReConfigParameter.AddOutgoingStreams(tsn(random), u16(random));
      case 6 -> new ReConfigParameter.AddIncomingStreams(tsn(random), u16(random));
      default -> new ReConfigParameter.Unknown(99, some(random, 9));
    };
  }

  private static Parameters parameters(RandomGenerator random) {
    return Parameters.of(
        Parameter.stateCookie(some(random, 50)),
        Parameter.forwardTsnSupported(),
        Parameter.supportedExtensions(ChunkType.RE_CONFIG, ChunkType.FORWARD_TSN, 0x40),
        new Parameter(0xc123, some(random, 7)));
  }

  private static ErrorCause cause(RandomGenerator random) {
    return new ErrorCause(random.nextInt(20), some(random, 12));
  }

  private static long tsn(RandomGenerator random) {
    return random.nextLong(1L << 32);
  }

  private static int u16(RandomGenerator random) {
    return random.nextInt(65_536);
  }

  private static byte[] some(RandomGenerator random, int max) {
    byte[] bytes = new byte[random.nextInt(max)];
    random.nextBytes(bytes);
    return bytes;
  }
}
