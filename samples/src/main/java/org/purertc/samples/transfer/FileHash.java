package org.purertc.samples.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the bytes go by. */
final class FileHash {
  private final MessageDigest digest;

  FileHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** The hash in lower-case hexadecimal; the last call. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
