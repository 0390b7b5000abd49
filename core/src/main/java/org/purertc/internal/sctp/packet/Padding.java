package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** RFC 9260 section 3.2: chunks, parameters and causes end on a multiple of four bytes. */
final class Padding {
  private Padding() {}

  static int padded(int length) {
    return length + 3 & ~3;
  }

  static void write(ByteWriter out, int length) {
    out.zeros(padded(length) - length);
  }

  /** Passes the padding; the last one of a packet or chunk may be missing. */
  static void skip(ByteReader in, int length) throws MalformedPacketException {
    in.skip(Math.min(padded(length) - length, in.remaining()));
  }
}
