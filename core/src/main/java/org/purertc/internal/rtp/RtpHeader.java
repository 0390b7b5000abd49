package org.purertc.internal.rtp;

import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.SerialNumber;

/**
 * The header of a packet to be sent, RFC 3550 section 5.1.
 *
 * @param sequence unwrapped
 * @param timestamp unwrapped
 * @param said what the frame's sender says in header extensions
 */
record RtpHeader(
    PacketKind kind,
    int payloadType,
    boolean marker,
    long ssrc,
    long sequence,
    long timestamp,
    PacketExtensions said) {

  private static final int VERSION = 0x80;
  private static final int PADDING = 0x20;
  private static final int EXTENSION = 0x10;
  private static final int MARKER = 0x80;

  RtpHeader as(PacketKind other) {
    return new RtpHeader(other, payloadType, marker, ssrc, sequence, timestamp, said);
  }

  int bytes(ExtensionWriter extensions) {
    return RtpPacket.FIXED_HEADER_BYTES + extensions.bytes();
  }

  void write(ByteWriter out, ExtensionWriter extensions, boolean hasPadding) {
    out.u8(VERSION | (hasPadding ? PADDING : 0) | (extensions.bytes() > 0 ? EXTENSION : 0))
        .u8((marker ? MARKER : 0) | payloadType)
        .u16(SerialNumber.wrap16(sequence))
        .u32(SerialNumber.wrap32(timestamp))
        .u32(ssrc);
    extensions.write(out);
  }
}
