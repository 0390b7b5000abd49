package org.purertc.internal.rtp;

import java.util.Arrays;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * A view of one received RTP packet, RFC 3550 section 5.1, to be used again for the next: it copies
 * nothing and is valid as long as the buffer keeps its bytes.
 */
public final class RtpPacket {
  /** Without contributing sources. */
  public static final int FIXED_HEADER_BYTES = 12;

  private static final int VERSION = 2;
  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private int offset;
  private int length;
  private int csrcCount;

  /** Where the extension's profile stands; -1 without an extension. */
  private int extensionOffset = -1;

  private boolean marker;
  private int payloadType;
  private int sequence;
  private long timestamp;
  private long ssrc;
  private int payloadOffset;
  private int payloadLength;
  private boolean retransmission;

  /** Makes this the view of another packet; when that is malformed, of none. */
  public void parse(byte[] buffer, int offset, int length) throws MalformedPacketException {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    ByteReader in = new ByteReader(buffer, offset, length);
    int first = in.u8();
    if (first >> 6 != VERSION) {
      throw new MalformedPacketException("RTP of version " + (first >> 6));
    }
    int second = in.u8();
    marker = (second & 0x80) != 0;
    payloadType = second & 0x7f;
    sequence = in.u16();
    timestamp = in.u32();
    ssrc = in.u32();
    csrcCount = first & 0x0f;
    in.skip(4 * csrcCount);
    retransmission = false;
    extensionOffset = -1;
    if ((first & 0x10) != 0) {
      extensionOffset = in.position();
      in.skip(2);
      in.skip(4 * in.u16());
    }
    payloadOffset = in.position();
    payloadLength = in.remaining();
    if ((first & 0x20) != 0) {
      cutPadding();
    }
  }

  private void cutPadding() throws MalformedPacketException {
    int padding = payloadLength == 0 ? 0 : buffer[payloadOffset + payloadLength - 1] & 0xff;
    if (padding == 0 || padding > payloadLength) {
      throw new MalformedPacketException(padding + " bytes of padding in " + payloadLength);
    }
    payloadLength -= padding;
  }

  /**
   * Makes this view that of the packet whose retransmission it shows, RFC 4588 section 4.
   *
   * @param mediaPayloadType of the original, which {@code apt} names
   * @param mediaSsrc of the original
   */
  void restoreOriginal(int mediaPayloadType, long mediaSsrc) throws MalformedPacketException {
    ByteReader in = new ByteReader(buffer, payloadOffset, payloadLength);
    sequence = in.u16();
    payloadOffset = in.position();
    payloadLength = in.remaining();
    retransmission = true;
    payloadType = mediaPayloadType;
    ssrc = mediaSsrc;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  /** Of the whole packet. */
  public int length() {
    return length;
  }

  /** What is not payload: header and padding. */
  public int headerAndPaddingBytes() {
    return length - payloadLength;
  }

  /** Whether it came as a retransmission with a stream of its own, RFC 4588. */
  public boolean isRetransmission() {
    return retransmission;
  }

  public boolean marker() {
    return marker;
  }

  public int payloadType() {
    return payloadType;
  }

  /** 16 bits. */
  public int sequence() {
    return sequence;
  }

  /** 32 bits. */
  public long timestamp() {
    return timestamp;
  }

  /** 32 bits. */
  public long ssrc() {
    return ssrc;
  }

  public int payloadOffset() {
    return payloadOffset;
  }

  /** Without padding. */
  public int payloadLength() {
    return payloadLength;
  }

  /** The payload in an array of its own. */
  public byte[] copyPayload() {
    return payloadLength == 0
        ? NOTHING
        : Arrays.copyOfRange(buffer, payloadOffset, payloadOffset + payloadLength);
  }

  public int csrcCount() {
    return csrcCount;
  }

  /** A contributing source: 32 bits. */
  public long csrc(int index) {
    if (index < 0 || index >= csrcCount) {
      throw new IllegalArgumentException("source " + index + " of " + csrcCount);
    }
    int at = offset + FIXED_HEADER_BYTES + 4 * index;
    return (buffer[at] & 0xffL) << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | buffer[at + 3] & 0xff;
  }

  /**
   * Where the data of a header extension element begins in the buffer; -1 when the packet has none
   * with this id, or ids of another kind than RFC 8285's.
   */
  public int extension(int id) {
    return extensionOffset < 0 ? -1 : ExtensionElements.find(buffer, extensionOffset, id);
  }

  /**
   * @param at what {@link #extension} gave
   * @return the bytes of its data
   */
  public int extensionLength(int at) {
    return ExtensionElements.lengthAt(buffer, extensionOffset, at);
  }
}
