package org.purertc.internal.sctp;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.Chunk;

/** Control chunks that wait for the next packet. A peer that floods us fills it and no more. */
final class Outbox {
  private static final int MAX_CHUNKS = 32;

  /**
   * A packet of one chunk, outside the association or before it.
   *
   * @param tag its verification tag
   */
  record StandalonePacket(long tag, Chunk chunk) {}

  private final ArrayDeque<StandalonePacket> standalone = new ArrayDeque<>(2);
  private final ArrayDeque<Chunk> bundled = new ArrayDeque<>(2);

  void addStandalone(long tag, Chunk chunk) {
    if (standalone.size() < MAX_CHUNKS) {
      standalone.add(new StandalonePacket(tag, chunk));
    }
  }

  void add(Chunk chunk) {
    if (bundled.size() < MAX_CHUNKS) {
      bundled.add(chunk);
    }
  }

  /** Adds the chunk instead of an earlier one of its type. */
  void replace(Chunk chunk) {
    bundled.removeIf(earlier -> earlier.type() == chunk.type());
    bundled.add(chunk);
  }

  /** COOKIE ECHO and COOKIE ACK come first in their packet, RFC 9260 section 5.1. */
  void addFirst(Chunk chunk) {
    bundled.removeIf(earlier -> earlier.type() == chunk.type());
    bundled.addFirst(chunk);
  }

  @Nullable StandalonePacket pollStandalone() {
    return standalone.poll();
  }

  @Nullable Chunk peek() {
    return bundled.peek();
  }

  void remove() {
    bundled.remove();
  }

  void clear() {
    standalone.clear();
    bundled.clear();
  }

  /** Chunks for an association that no longer exists. */
  void clearBundled() {
    bundled.clear();
  }
}
