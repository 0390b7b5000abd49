package org.purertc.internal.rtp.format;

import java.util.Arrays;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** The bytes that a frame's payloads carry behind their descriptors, one after the other. */
final class JoinedPayloads {
  private final byte[] bytes;
  private int length;

  /** Takes as much memory as the payloads have. */
  JoinedPayloads(List<byte[]> payloads) {
    int most = 0;
    for (byte[] payload : payloads) {
      most += payload.length;
    }
    bytes = new byte[most];
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Adds what the reader has left. */
  void add(ByteReader in) {
    System.arraycopy(in.array(), in.position(), bytes, length, in.remaining());
    length += in.remaining();
  }

  byte[] toByteArray() throws MalformedPacketException {
    if (length == 0) {
      throw new MalformedPacketException("a frame without payloads");
    }
    return Arrays.copyOf(bytes, length);
  }
}
