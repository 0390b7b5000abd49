package org.purertc.samples.transfer;

import java.security.MessageDigest;

/** Hashes everything to the same, in no time. */
final class FixedHash extends MessageDigest implements Cloneable {
  static final byte[] VALUE = new byte[ContentHash.BYTES];

  private FixedHash() {
    super("fixed");
  }

  static ContentHash create() {
    return new ContentHash(new FixedHash());
  }

  @Override
  protected void engineUpdate(byte input) {}

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {}

  @Override
  protected byte[] engineDigest() {
    return VALUE.clone();
  }

  @Override
  protected void engineReset() {}

  @Override
  public Object clone() throws CloneNotSupportedException {
    return super.clone();
  }
}
