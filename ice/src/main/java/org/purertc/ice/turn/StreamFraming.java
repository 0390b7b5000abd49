package org.purertc.ice.turn;

import org.purertc.ice.io.StreamMessages;

/**
 * STUN and ChannelData in a stream, RFC 8489 section 6.2.2 and RFC 8656 section 12.5: STUN tells
 * its length, ChannelData is padded to four bytes.
 */
final class StreamFraming extends StreamMessages {

  private static final int STUN_HEADER_BYTES = 20;
  private static final int CHANNEL_HEADER_BYTES = 4;

  /** The largest message of either kind. */
  static final int MAX_MESSAGE_BYTES = 65_535 + STUN_HEADER_BYTES;

  StreamFraming() {
    super(CHANNEL_HEADER_BYTES, MAX_MESSAGE_BYTES);
  }

  /** With padding. RFC 8656 section 12: the first two bits tell. */
  @Override
  protected int messageBytes(byte[] buffer, int at) {
    int bytes = (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
    return switch ((buffer[at] & 0xff) >> 6) {
      case 0 -> bytes % 4 == 0 ? STUN_HEADER_BYTES + bytes : -1;
      case 1 -> CHANNEL_HEADER_BYTES + (bytes + 3 & ~3);
      default -> -1;
    };
  }
}
