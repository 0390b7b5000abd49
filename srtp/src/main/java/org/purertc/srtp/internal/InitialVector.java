package org.purertc.srtp.internal;

/**
 * The initialization vector of a packet: the session salt with the SSRC and the index added without
 * carry, RFC 3711 section 4.1.1 and RFC 7714 sections 8.1 and 9.1.
 */
final class InitialVector {
  private static final int INDEX_BYTES = 6;

  private final byte[] salt;
  private final int ssrcAt;
  private final int indexAt;
  private final byte[] vector;

  InitialVector(byte[] salt, int bytes, int ssrcAt, int indexAt) {
    this.salt = salt;
    this.ssrcAt = ssrcAt;
    this.indexAt = indexAt;
    this.vector = new byte[bytes];
  }

  /** Valid until the next call. */
  byte[] of(int ssrc, long index) {
    System.arraycopy(salt, 0, vector, 0, salt.length);
    for (int i = 0; i < 4; i++) {
      vector[ssrcAt + i] ^= (byte) (ssrc >>> 24 - 8 * i);
    }
    for (int i = 0; i < INDEX_BYTES; i++) {
      vector[indexAt + i] ^= (byte) (index >>> 40 - 8 * i);
    }
    return vector;
  }
}
