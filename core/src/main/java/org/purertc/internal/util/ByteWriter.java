package org.purertc.internal.util;

/** Writes big-endian fields into a part of an array; the owner makes sure that there is room. */
public final class ByteWriter {
  private final byte[] buffer;
  private final int start;
  private int position;

  public ByteWriter(byte[] buffer, int offset) {
    this.buffer = buffer;
    this.start = offset;
    this.position = offset;
  }

  public int position() {
    return position;
  }

  public byte[] array() {
    return buffer;
  }

  /** Bytes written so far. */
  public int length() {
    return position - start;
  }

  public ByteWriter u8(int value) {
    buffer[position++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    buffer[position++] = (byte) (value >>> 8);
    buffer[position++] = (byte) value;
    return this;
  }

  public ByteWriter u32(long value) {
    buffer[position++] = (byte) (value >>> 24);
    buffer[position++] = (byte) (value >>> 16);
    buffer[position++] = (byte) (value >>> 8);
    buffer[position++] = (byte) value;
    return this;
  }

  public ByteWriter u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  public ByteWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  public ByteWriter bytes(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, buffer, position, length);
    position += length;
    return this;
  }

  public ByteWriter zeros(int count) {
    for (int i = 0; i < count; i++) {
      buffer[position++] = 0;
    }
    return this;
  }

  /** Overwrites a 16-bit field written earlier. */
  public void setU16(int at, int value) {
    buffer[at] = (byte) (value >>> 8);
    buffer[at + 1] = (byte) value;
  }
}
