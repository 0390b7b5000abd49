package org.purertc.internal.datachannel;

import java.nio.charset.StandardCharsets;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** A message of the Data Channel Establishment Protocol, RFC 8832 section 5. */
sealed interface DcepMessage {

  /** RFC 8832 section 8.2.1. */
  int ACK = 2;

  /** RFC 8832 section 8.2.1. */
  int OPEN = 3;

  byte[] toBytes();

  static DcepMessage parse(byte[] message) throws MalformedPacketException {
    ByteReader in = new ByteReader(message);
    int type = in.u8();
    return switch (type) {
      case ACK -> new Ack();
      case OPEN -> Open.parse(in);
      default -> throw new MalformedPacketException("DCEP message of type " + type);
    };
  }

  /** DATA_CHANNEL_ACK, RFC 8832 section 5.2. */
  record Ack() implements DcepMessage {

    @Override
    public byte[] toBytes() {
      return new byte[] {ACK};
    }
  }

  /**
   * DATA_CHANNEL_OPEN, RFC 8832 section 5.1.
   *
   * @param maxRetransmits -1 for no limit
   * @param maxLifetimeMs -1 for no limit; never both
   */
  record Open(
      boolean ordered,
      int maxRetransmits,
      int maxLifetimeMs,
      int priority,
      String label,
      String protocol)
      implements DcepMessage {

    /** RFC 8831 section 6.4. */
    static final int PRIORITY_NORMAL = 256;

    private static final int RELIABLE = 0;
    private static final int LIMITED_RETRANSMITS = 1;
    private static final int LIMITED_LIFETIME = 2;
    private static final int UNORDERED = 0x80;
    private static final int FIXED_BYTES = 12;
    private static final int MAX_TEXT_BYTES = 0xffff;

    static Open of(ChannelParameters parameters) {
      return new Open(
          parameters.ordered(),
          parameters.maxRetransmits(),
          parameters.maxLifetimeMs(),
          PRIORITY_NORMAL,
          parameters.label(),
          parameters.protocol());
    }

    static Open parse(ByteReader in) throws MalformedPacketException {
      int channelType = in.u8();
      int priority = in.u16();
      int limit = (int) Math.min(in.u32(), Integer.MAX_VALUE);
      int labelBytes = in.u16();
      int protocolBytes = in.u16();
      String label = in.utf8(labelBytes);
      String protocol = in.utf8(protocolBytes);
      boolean ordered = (channelType & UNORDERED) == 0;
      return switch (channelType & ~UNORDERED) {
        // RFC 8832 section 5.1: the reliability parameter of a reliable channel is ignored.
        case RELIABLE -> new Open(ordered, -1, -1, priority, label, protocol);
        case LIMITED_RETRANSMITS -> new Open(ordered, limit, -1, priority, label, protocol);
        case LIMITED_LIFETIME -> new Open(ordered, -1, limit, priority, label, protocol);
        default -> throw new MalformedPacketException("channel type " + channelType);
      };
    }

    ChannelParameters parameters() {
      return new ChannelParameters(label, protocol, ordered, maxRetransmits, maxLifetimeMs, -1);
    }

    /**
     * @throws IllegalArgumentException when label or protocol has more than 65,535 bytes of UTF-8
     */
    @Override
    public byte[] toBytes() {
      byte[] labelBytes = utf8("label", label);
      byte[] protocolBytes = utf8("protocol", protocol);
      byte[] message = new byte[FIXED_BYTES + labelBytes.length + protocolBytes.length];
      new ByteWriter(message, 0)
          .u8(OPEN)
          .u8(channelType())
          .u16(priority)
          .u32(Math.max(0, Math.max(maxRetransmits, maxLifetimeMs)))
          .u16(labelBytes.length)
          .u16(protocolBytes.length)
          .bytes(labelBytes)
          .bytes(protocolBytes);
      return message;
    }

    private int channelType() {
      int type = RELIABLE;
      if (maxRetransmits >= 0) {
        type = LIMITED_RETRANSMITS;
      } else if (maxLifetimeMs >= 0) {
        type = LIMITED_LIFETIME;
      }
      return ordered ? type : type | UNORDERED;
    }

    private static byte[] utf8(String name, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException(
            name + " of a data channel has " + bytes.length + " bytes; 65535 are allowed");
      }
      return bytes;
    }
  }
}
