package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteWriter;

/** Puts RTCP packets one behind the other into a datagram, as long as they fit. */
public final class RtcpWriter {
  private final ByteWriter out;
  private final int maxBytes;

  /**
   * @param buffer with room for {@code maxBytes} from {@code offset}
   */
  public RtcpWriter(byte[] buffer, int offset, int maxBytes) {
    if (offset < 0 || maxBytes < 0 || maxBytes > buffer.length - offset) {
      throw new IllegalArgumentException(maxBytes + " bytes at " + offset);
    }
    this.out = new ByteWriter(buffer, offset);
    this.maxBytes = maxBytes;
  }

  /** Writes the packet when it fits; otherwise does nothing and says so. */
  public boolean add(RtcpPacket packet) {
    if (packet.bytes() > remaining()) {
      return false;
    }
    packet.write(out);
    return true;
  }

  public int remaining() {
    return maxBytes - out.length();
  }

  /** Bytes written so far. */
  public int length() {
    return out.length();
  }
}
