package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** Reads the packet status chunks of a {@link TransportFeedback}. */
final class StatusReader {
  private final int[] offsets;
  private final int[] symbols;
  private final int statusCount;
  private int offset;
  private int arrived;

  /**
   * @param offsets takes which packets arrived
   * @param symbols takes how long the delta of each is
   */
  StatusReader(int[] offsets, int[] symbols, int statusCount) {
    this.offsets = offsets;
    this.symbols = symbols;
    this.statusCount = statusCount;
  }

  /** Reads until every packet has a status; returns how many arrived. */
  int read(ByteReader in) throws MalformedPacketException {
    while (offset < statusCount) {
      int chunk = in.u16();
      if ((chunk & StatusChunk.VECTOR) == 0) {
        run(chunk >> StatusChunk.RUN_BITS & 3, chunk & StatusChunk.MAX_RUN);
      } else if ((chunk & StatusChunk.TWO_BITS) == 0) {
        vector(chunk, StatusChunk.ONE_BIT_SYMBOLS, 1);
      } else {
        vector(chunk, StatusChunk.TWO_BIT_SYMBOLS, 2);
      }
    }
    return arrived;
  }

  private void run(int symbol, int length) throws MalformedPacketException {
    int count = Math.min(length, statusCount - offset);
    if (symbol == StatusChunk.NOT_RECEIVED) {
      offset += count;
      return;
    }
    for (int i = 0; i < count; i++) {
      add(symbol);
    }
  }

  private void vector(int chunk, int symbols, int bits) throws MalformedPacketException {
    for (int i = symbols - 1; i >= 0 && offset < statusCount; i--) {
      add(chunk >> i * bits & (1 << bits) - 1);
    }
  }

  private void add(int symbol) throws MalformedPacketException {
    if (symbol == StatusChunk.RESERVED) {
      throw new MalformedPacketException("reserved packet status");
    }
    if (symbol != StatusChunk.NOT_RECEIVED) {
      if (arrived == offsets.length) {
        throw new MalformedPacketException("more packets arrived than there are deltas");
      }
      offsets[arrived] = offset;
      symbols[arrived] = symbol;
      arrived++;
    }
    offset++;
  }
}
