package org.purertc.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** A part of an array as jitsi-srtp wants to see it; reused from packet to packet. */
final class JitsiBuffer implements ByteArrayBuffer {
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  JitsiBuffer of(byte[] packet, int start, int bytes) {
    buffer = packet;
    offset = start;
    length = bytes;
    return this;
  }

  /** Forgets the array, so that an idle session does not keep it alive. */
  void release() {
    buffer = new byte[0];
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int bytes) {
    length = bytes;
  }

  @Override
  public void setOffset(int start) {
    offset = start;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int start, int bytes, byte[] out) {
    System.arraycopy(buffer, offset + start, out, 0, bytes);
  }

  /** The caller of the session left room for the tag. */
  @Override
  public void grow(int bytes) {
    if (bytes > buffer.length - offset - length) {
      throw new IndexOutOfBoundsException("no room for " + bytes + " more bytes");
    }
  }

  @Override
  public void append(byte[] data, int bytes) {
    grow(bytes);
    System.arraycopy(data, 0, buffer, offset + length, bytes);
    length += bytes;
  }

  @Override
  public void shrink(int bytes) {
    if (bytes > length) {
      throw new IndexOutOfBoundsException("cannot shrink " + length + " bytes by " + bytes);
    }
    length -= bytes;
  }
}
