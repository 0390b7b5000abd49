package org.purertc.samples.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the bytes go by. */
public final class ContentHash {
  /** Of one hash. */
  public static final int BYTES = 32;

  private static final byte[] ZEROS = new byte[64 << 10];

  private final MessageDigest digest;

  public ContentHash() {
    this(sha256());
  }

  ContentHash(MessageDigest digest) {
    this.digest = digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  public void zeros(long bytes) {
    for (long left = bytes; left > 0; left -= ZEROS.length) {
      digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  /** Another hash that has seen the same bytes. */
  public ContentHash copy() {
    try {
      return new ContentHash((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
    }
  }

  /** The hash; begins anew. */
  public byte[] finish() {
    return digest.digest();
  }

  /** The hash in lower-case hexadecimal; begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(finish());
  }
}
