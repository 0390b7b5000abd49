package org.purertc.internal.rtp.cc;

/**
 * Packets to be sent at a higher rate for a moment, to see whether the path carries it.
 *
 * @param id above 0
 * @param bitsPerSecond at which they leave
 * @param minBytes and {@code minPackets}: both reached, the cluster is complete
 */
public record ProbeCluster(int id, long bitsPerSecond, int minBytes, int minPackets) {
  /** Names the packets that belong to no cluster. */
  public static final int NONE = 0;

  private static final int MIN_PACKETS = 5;
  private static final long DURATION_NS = 15_000_000L;

  static ProbeCluster of(int id, long bitsPerSecond) {
    long bytes = (long) Rates.bytes(bitsPerSecond, DURATION_NS);
    return new ProbeCluster(id, bitsPerSecond, (int) Math.min(bytes, 1 << 20), MIN_PACKETS);
  }
}
