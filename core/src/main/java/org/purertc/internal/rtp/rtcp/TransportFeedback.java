package org.purertc.internal.rtp.rtcp;

import java.util.Arrays;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Transport-wide feedback, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1: which of
 * a range of packets arrived, and when. Those that did not arrive take no memory here.
 *
 * @param senderSsrc of who received the packets
 * @param mediaSsrc of one of their streams; it says nothing
 * @param baseSequence the transport-wide sequence number of the first status, 16 bits
 * @param statusCount of how many packets it speaks, from {@code baseSequence} on, 1 to 65,535
 * @param referenceTime 24 bits, signed, in units of 64 ms
 * @param feedbackCount counts these packets, 8 bits
 * @param offsets which packets arrived, counted from {@code baseSequence}, ascending
 * @param deltas for each of {@code offsets} how much later than the one before it (the first: than
 *     the reference time) it arrived, in units of 250 µs, 16 bits, signed
 */
public record TransportFeedback(
    long senderSsrc,
    long mediaSsrc,
    int baseSequence,
    int statusCount,
    int referenceTime,
    int feedbackCount,
    int[] offsets,
    int[] deltas)
    implements RtcpPacket {
  /** Of the reference time. */
  public static final long REFERENCE_UNIT_NS = 64_000_000L;

  /** Of the deltas. */
  public static final long DELTA_UNIT_NS = 250_000L;

  /** How many bits the reference time has until it wraps. */
  public static final int REFERENCE_BITS = 24;

  private static final int FIXED_BYTES = RtcpType.FEEDBACK_HEADER_BYTES + 8;
  private static final int MAX_SMALL_DELTA = 0xff;

  public TransportFeedback {
    if (statusCount < 1 || statusCount > 0xffff || offsets.length != deltas.length) {
      throw new IllegalArgumentException(statusCount + " statuses, " + offsets.length + " arrived");
    }
    int previous = -1;
    for (int offset : offsets) {
      if (offset <= previous || offset >= statusCount) {
        throw new IllegalArgumentException(offset + " behind " + previous + " of " + statusCount);
      }
      previous = offset;
    }
  }

  static TransportFeedback parse(ByteReader in) throws MalformedPacketException {
    long sender = in.u32();
    long media = in.u32();
    int base = in.u16();
    int statusCount = in.u16();
    int referenceAndCount = in.i32();
    if (statusCount == 0) {
      throw new MalformedPacketException("transport-wide feedback of nothing");
    }
    // Each packet that arrived takes a byte for its delta at least.
    int[] offsets = new int[Math.min(statusCount, in.remaining())];
    int[] deltas = new int[offsets.length];
    int arrived = new StatusReader(offsets, deltas, statusCount).read(in);
    for (int i = 0; i < arrived; i++) {
      deltas[i] = deltas[i] == StatusChunk.SMALL_DELTA ? in.u8() : (short) in.u16();
    }
    return new TransportFeedback(
        sender,
        media,
        base,
        statusCount,
        referenceAndCount >> 8,
        referenceAndCount & 0xff,
        Arrays.copyOf(offsets, arrived),
        Arrays.copyOf(deltas, arrived));
  }

  /** The status of the packet at {@code offset}; its delta, if it has one, is at {@code index}. */
  int symbol(int offset, int index) {
    if (index >= offsets.length || offsets[index] != offset) {
      return StatusChunk.NOT_RECEIVED;
    }
    return hasSmallDelta(index) ? StatusChunk.SMALL_DELTA : StatusChunk.LARGE_DELTA;
  }

  private boolean hasSmallDelta(int index) {
    return deltas[index] >= 0 && deltas[index] <= MAX_SMALL_DELTA;
  }

  private int bytesWithoutPadding() {
    int bytes = FIXED_BYTES;
    for (StatusChunk chunk = new StatusChunk(this); chunk.next(); ) {
      bytes += StatusChunk.BYTES;
    }
    for (int i = 0; i < deltas.length; i++) {
      bytes += hasSmallDelta(i) ? 1 : 2;
    }
    return bytes;
  }

  @Override
  public int bytes() {
    return bytesWithoutPadding() + 3 & ~3;
  }

  @Override
  public void write(ByteWriter out) {
    int unpadded = bytesWithoutPadding();
    int bytes = unpadded + 3 & ~3;
    // Zeros without the padding bit: the statuses tell where the deltas end, and padding that is
    // not a multiple of 4 would break RFC 3550 section 6.4.1.
    RtcpType.writeHeader(out, RtcpType.TRANSPORT_WIDE, RtcpType.TRANSPORT_FEEDBACK, bytes)
        .u32(senderSsrc)
        .u32(mediaSsrc)
        .u16(baseSequence)
        .u16(statusCount)
        .u32(referenceTime << 8 | feedbackCount & 0xff);
    for (StatusChunk chunk = new StatusChunk(this); chunk.next(); ) {
      out.u16(chunk.word());
    }
    for (int i = 0; i < deltas.length; i++) {
      if (hasSmallDelta(i)) {
        out.u8(deltas[i]);
      } else {
        out.u16(deltas[i]);
      }
    }
    out.zeros(bytes - unpadded);
  }
}
