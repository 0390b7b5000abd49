package org.purertc.internal.util;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads big-endian fields from a part of an array and checks every bound. */
public final class ByteReader {
  private final byte[] buffer;
  private final int end;
  private int position;

  public ByteReader(byte[] buffer, int offset, int length) {
    if (offset < 0 || length < 0 || length > buffer.length - offset) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + ", length " + length + " of " + buffer.length);
    }
    this.buffer = buffer;
    this.position = offset;
    this.end = offset + length;
  }

  public ByteReader(byte[] buffer) {
    this(buffer, 0, buffer.length);
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  /** Where in the array the next byte stands. */
  public int position() {
    return position;
  }

  /** The array that is read, for who copies from it at {@link #position}. */
  public byte[] array() {
    return buffer;
  }

  public int u8() throws MalformedPacketException {
    require(1);
    return buffer[position++] & 0xff;
  }

  public int u16() throws MalformedPacketException {
    require(2);
    int value = (buffer[position] & 0xff) << 8 | buffer[position + 1] & 0xff;
    position += 2;
    return value;
  }

  public int i32() throws MalformedPacketException {
    require(4);
    int value =
        (buffer[position] & 0xff) << 24
            | (buffer[position + 1] & 0xff) << 16
            | (buffer[position + 2] & 0xff) << 8
            | buffer[position + 3] & 0xff;
    position += 4;
    return value;
  }

  public long u32() throws MalformedPacketException {
    return i32() & 0xffff_ffffL;
  }

  public long i64() throws MalformedPacketException {
    return (long) i32() << 32 | u32();
  }

  public byte[] bytes(int length) throws MalformedPacketException {
    require(length);
    byte[] copy = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return copy;
  }

  public String utf8(int length) throws MalformedPacketException {
    require(length);
    String text = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  public void skip(int length) throws MalformedPacketException {
    require(length);
    position += length;
  }

  /** A reader of the next {@code length} bytes, which this one then has passed. */
  public ByteReader slice(int length) throws MalformedPacketException {
    require(length);
    ByteReader slice = new ByteReader(buffer, position, length);
    position += length;
    return slice;
  }

  private void require(int length) throws MalformedPacketException {
    if (length < 0 || length > end - position) {
      throw new MalformedPacketException(
          "needs " + length + " bytes, " + (end - position) + " are left");
    }
  }
}
