package org.purertc.internal.rtp;

import java.util.random.RandomGenerator;

/**
 * Where the numbers of a stream begin, RFC 3550 section 5.1.
 *
 * @param sequence 16 bits
 * @param rtxSequence of its retransmissions, 16 bits
 * @param timestamp what is added to each, 32 bits
 */
record FirstNumbers(int sequence, int rtxSequence, long timestamp) {
  /**
   * The lower half: were all packets up to the first wrap lost, a receiver could not know that
   * SRTP's rollover counter has gone up (RFC 3711 section 3.3.1), and would take none of the rest.
   */
  private static final int SEQUENCES = 1 << 15;

  static FirstNumbers random(RandomGenerator random) {
    return new FirstNumbers(
        random.nextInt(SEQUENCES), random.nextInt(SEQUENCES), random.nextInt() & 0xffff_ffffL);
  }
}
