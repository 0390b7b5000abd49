package org.purertc.ice;

import org.purertc.ice.io.StreamMessages;

/**
 * STUN, DTLS, RTP and RTCP in a stream, RFC 6544 section 3: framed by RFC 4571 section 2, with the
 * length of each packet in 16 bits in front of it.
 */
final class PacketFraming extends StreamMessages {

  static final int HEADER_BYTES = 2;

  private static final int MAX_PACKET_BYTES = 65_535;

  PacketFraming() {
    super(HEADER_BYTES, HEADER_BYTES + MAX_PACKET_BYTES);
  }

  @Override
  protected int messageBytes(byte[] buffer, int at) {
    return HEADER_BYTES + packetBytes(buffer, at);
  }

  static int packetBytes(byte[] buffer, int at) {
    return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
  }

  /** Writes a packet with its length in front; returns how many bytes these are. */
  static int frame(byte[] packet, int offset, int length, byte[] to) {
    if (length > MAX_PACKET_BYTES) {
      throw new IllegalArgumentException("a packet of " + length + " bytes has no frame");
    }
    to[0] = (byte) (length >> 8);
    to[1] = (byte) length;
    System.arraycopy(packet, offset, to, HEADER_BYTES, length);
    return HEADER_BYTES + length;
  }
}
