package org.purertc.internal.rtp.format;

import java.util.Arrays;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** A frame as it grows from its payloads. */
final class JoinedPayloads {
  private byte[] bytes;
  private int length;

  /** With room for as much as the payloads have; more only when the format adds bytes. */
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
    add(in.array(), in.position(), in.remaining());
  }

  void add(byte[] source) {
    add(source, 0, source.length);
  }

  void add(int value) {
    makeRoom(1);
    bytes[length++] = (byte) value;
  }

  private void add(byte[] source, int offset, int count) {
    makeRoom(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  private void makeRoom(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, length + length / 2));
    }
  }

  /** Takes zeros off the end. */
  void cutZeros() {
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
  }

  byte[] toByteArray() throws MalformedPacketException {
    if (length == 0) {
      throw new MalformedPacketException("a frame without payloads");
    }
    return Arrays.copyOf(bytes, length);
  }
}
