package org.purertc.internal.rtp;

import org.purertc.internal.util.ByteWriter;

/** Writes the packets of a stream: header, extensions with room for what {@code stamp} fills in. */
final class PacketWriter {
  /** The original sequence number that a retransmission carries. */
  static final int RTX_HEADER_BYTES = 2;

  private final ExtensionWriter elements = new ExtensionWriter();

  /**
   * Collects the extensions of the packets that follow.
   *
   * @param identified whether the remote still has to learn whose stream it is, RFC 9143 section
   *     15.2
   */
  void begin(SendParameters parameters, PacketExtensions said, boolean identified, boolean isRtx) {
    ExtensionIds ids = parameters.extensions();
    elements.clear();
    if (ids.has(ExtensionType.ABSOLUTE_SEND_TIME)) {
      elements.add(ids.id(ExtensionType.ABSOLUTE_SEND_TIME), 3, 0);
    }
    if (ids.has(ExtensionType.TRANSPORT_SEQUENCE)) {
      elements.add(ids.id(ExtensionType.TRANSPORT_SEQUENCE), 2, 0);
    }
    if (identified) {
      addText(ids.id(ExtensionType.MID), parameters.mid());
      // RFC 8852 section 3.3: in a repair stream the id is that of the stream it repairs.
      ExtensionType rid = isRtx ? ExtensionType.REPAIRED_STREAM_ID : ExtensionType.STREAM_ID;
      addText(ids.id(rid), parameters.rid());
    }
    said.addTo(elements, ids);
  }

  private void addText(int id, String text) {
    if (id != 0 && !text.isEmpty()) {
      elements.add(id, text);
    }
  }

  int headerBytes() {
    return RtpPacket.FIXED_HEADER_BYTES + elements.bytes();
  }

  byte[] media(RtpHeader header, byte[] payload, int length) {
    byte[] bytes = new byte[headerBytes() + length];
    begun(header, bytes, false).bytes(payload, 0, length);
    return bytes;
  }

  /** RFC 4588 section 4: the original sequence number, then the original payload. */
  byte[] retransmission(RtpHeader header, OutgoingPacket original) {
    int length = original.payloadBytes();
    byte[] bytes = new byte[headerBytes() + RTX_HEADER_BYTES + length];
    begun(header, bytes, false)
        .u16(original.sequence())
        .bytes(original.bytes(), original.length() - length, length);
    return bytes;
  }

  /**
   * @param length 1 to 255
   */
  byte[] padding(RtpHeader header, int length) {
    byte[] bytes = new byte[headerBytes() + length];
    begun(header, bytes, true).zeros(length - 1).u8(length);
    return bytes;
  }

  private ByteWriter begun(RtpHeader header, byte[] bytes, boolean hasPadding) {
    ByteWriter out = new ByteWriter(bytes, 0);
    header.write(out, elements, hasPadding);
    return out;
  }

  /** Overwrites the data of an element, where the packet has it. */
  static void set(byte[] packet, int id, int bytes, int value) {
    boolean hasExtension = (packet[0] & 0x10) != 0;
    if (id == 0 || !hasExtension) {
      return;
    }
    // What is sent here has no contributing sources: the extension follows the fixed header.
    int at = ExtensionElements.find(packet, RtpPacket.FIXED_HEADER_BYTES, id);
    for (int i = 0; at >= 0 && i < bytes; i++) {
      packet[at + i] = (byte) (value >>> 8 * (bytes - 1 - i));
    }
  }
}
