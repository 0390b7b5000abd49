package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteWriter;

/** One packet of a compound RTCP packet, RFC 3550 section 6. */
public interface RtcpPacket {

  /** What it takes on the wire, its header included: a multiple of 4. */
  int bytes();

  /** Writes it, its header included. */
  void write(ByteWriter out);
}
