package org.purertc.ice.internal;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** The 96 random bits that bind a response to its request, RFC 8489 section 5. */
public record TransactionId(long high, int low) {

  static final int BYTES = 12;

  /** Draws an identifier; RFC 8489 section 5 wants it uniformly and cryptographically random. */
  public static TransactionId random(RandomGenerator random) {
    return new TransactionId(random.nextLong(), random.nextInt());
  }

  static TransactionId read(byte[] message, int offset) {
    ByteBuffer in = ByteBuffer.wrap(message, offset, BYTES);
    return new TransactionId(in.getLong(), in.getInt());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putInt(low).array();
  }
}
