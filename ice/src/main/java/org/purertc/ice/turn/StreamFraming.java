package org.purertc.ice.turn;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into messages, RFC 8489 section 6.2.2 and RFC 8656 section 12.5: STUN by
 * its length, ChannelData padded to four bytes.
 */
final class StreamFraming {

  private static final int STUN_HEADER_BYTES = 20;
  private static final int CHANNEL_HEADER_BYTES = 4;

  /** The largest message of either kind. */
  static final int MAX_MESSAGE_BYTES = 65_535 + STUN_HEADER_BYTES;

  /** Takes the messages; the buffer is valid during the call only. */
  interface Sink {
    void onMessage(byte[] buffer, int offset, int length);
  }

  private static final byte[] NOTHING = {};

  private byte[] kept = NOTHING;
  private int keptBytes;

  /**
   * Takes the next bytes of the stream.
   *
   * @return false when they are neither STUN nor ChannelData: the stream cannot be read any more
   */
  boolean receive(byte[] buffer, int offset, int length, Sink sink) {
    if (keptBytes == 0) {
      int used = cut(buffer, offset, length, sink);
      if (used >= 0) {
        keep(buffer, offset + used, length - used);
      }
      return used >= 0;
    }
    keep(buffer, offset, length);
    byte[] all = kept;
    int total = keptBytes;
    keptBytes = 0;
    int used = cut(all, 0, total, sink);
    if (used >= 0) {
      keep(all, used, total - used);
    }
    return used >= 0;
  }

  /** Returns how many bytes whole messages took, or -1. */
  private static int cut(byte[] buffer, int offset, int length, Sink sink) {
    int at = 0;
    while (length - at >= CHANNEL_HEADER_BYTES) {
      int total = messageBytes(buffer, offset + at);
      if (total < 0) {
        return -1;
      }
      if (total > length - at) {
        break;
      }
      sink.onMessage(buffer, offset + at, total);
      at += total;
    }
    return at;
  }

  /** With padding; -1 when it is no message. RFC 8656 section 12: the first two bits tell. */
  private static int messageBytes(byte[] buffer, int at) {
    int bytes = (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
    return switch ((buffer[at] & 0xff) >> 6) {
      case 0 -> bytes % 4 == 0 ? STUN_HEADER_BYTES + bytes : -1;
      case 1 -> CHANNEL_HEADER_BYTES + (bytes + 3 & ~3);
      default -> -1;
    };
  }

  private void keep(byte[] buffer, int offset, int length) {
    int needed = keptBytes + length;
    if (needed > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(needed, Math.min(2 * kept.length, MAX_MESSAGE_BYTES)));
    }
    System.arraycopy(buffer, offset, kept, keptBytes, length);
    keptBytes = needed;
    if (needed == 0) {
      kept = NOTHING;
    }
  }
}
