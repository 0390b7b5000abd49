package org.purertc.internal.rtp;

import org.jspecify.annotations.Nullable;

/**
 * The packets that were sent last, for those that the remote asks for again: bounded by number,
 * bytes and age.
 */
final class PacketHistory {
  /** A power of two; 16-bit numbers stay unambiguous. */
  static final int MAX_PACKETS = 8_192;

  static final long MAX_BYTES = 4 << 20;

  private static final int INITIAL_SLOTS = 64;

  /** At the index that its sequence number has modulo the length, a power of two. */
  private @Nullable OutgoingPacket[] slots = new OutgoingPacket[INITIAL_SLOTS];

  private final long maxAgeNs;
  private long oldest;
  private long next;
  private long bytes;

  PacketHistory(long maxAgeNs) {
    this.maxAgeNs = maxAgeNs;
  }

  /**
   * @param packet with a higher sequence number than those before, a gap is left empty; or one that
   *     fills such a gap
   */
  void add(OutgoingPacket packet, long nowNs) {
    long sequence = packet.header().sequence();
    if (sequence < next) {
      fill(packet, sequence);
      return;
    }
    if (oldest == next || sequence - oldest >= MAX_PACKETS) {
      dropBefore(oldest == next ? sequence : sequence - MAX_PACKETS + 1);
    }
    while (sequence - oldest >= slots.length) {
      grow();
    }
    slots[index(sequence)] = packet;
    bytes += packet.length();
    next = sequence + 1;
    keepWithinBytes();
    expire(nowNs);
  }

  private void fill(OutgoingPacket packet, long sequence) {
    if (sequence >= oldest && slots[index(sequence)] == null) {
      slots[index(sequence)] = packet;
      bytes += packet.length();
      keepWithinBytes();
    }
  }

  private void keepWithinBytes() {
    while (bytes > MAX_BYTES && oldest < next - 1) {
      dropBefore(oldest + 1);
    }
  }

  /** Forgets what is too old to be of use. */
  void expire(long nowNs) {
    while (oldest < next) {
      OutgoingPacket packet = slots[index(oldest)];
      if (packet != null && nowNs - packet.sentNs() <= maxAgeNs) {
        return;
      }
      dropBefore(oldest + 1);
    }
  }

  /** The packet with this number; null when it was never sent or is forgotten. */
  @Nullable OutgoingPacket find(long sequence) {
    return sequence < oldest || sequence >= next ? null : slots[index(sequence)];
  }

  /** One above the highest number. */
  long next() {
    return next;
  }

  long bytes() {
    return bytes;
  }

  long count() {
    return next - oldest;
  }

  private void dropBefore(long sequence) {
    long end = Math.min(sequence, next);
    for (; oldest < end; oldest++) {
      OutgoingPacket packet = slots[index(oldest)];
      if (packet != null) {
        bytes -= packet.length();
        slots[index(oldest)] = null;
      }
    }
    oldest = sequence;
    next = Math.max(next, sequence);
  }

  private void grow() {
    @Nullable OutgoingPacket[] larger = new OutgoingPacket[2 * slots.length];
    for (long at = oldest; at < next; at++) {
      larger[(int) (at & larger.length - 1)] = slots[index(at)];
    }
    slots = larger;
  }

  private int index(long sequence) {
    return (int) (sequence & slots.length - 1);
  }
}
