package org.purertc.internal.datachannel;

import java.util.Arrays;
import org.purertc.internal.util.MalformedPacketException;

/** A message in parts, as old peers send it: RFC 8831 section 6.6, deprecated but accepted. */
final class PartialMessage {

  /** What we advertise as the maximum message size by default. */
  static final int MAX_BYTES = 256 << 10;

  private final boolean isText;
  private byte[] bytes = {};
  private int length;

  PartialMessage(boolean isText) {
    this.isText = isText;
  }

  void append(boolean partIsText, byte[] part) throws MalformedPacketException {
    if (partIsText != isText) {
      throw new MalformedPacketException("parts of a string and of a binary message mixed");
    }
    if (part.length > MAX_BYTES - length) {
      throw new MalformedPacketException("message in parts is longer than " + MAX_BYTES);
    }
    if (bytes.length < length + part.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + part.length));
    }
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
