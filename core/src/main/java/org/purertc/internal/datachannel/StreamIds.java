package org.purertc.internal.datachannel;

import java.util.BitSet;

/** Which stream identifiers are taken, and the next one for a channel of ours. */
final class StreamIds {

  /** RFC 8831 section 6.2: 65535 is reserved, for INIT cannot announce 65,536 streams. */
  static final int LIMIT = 65_535;

  private final BitSet taken = new BitSet();
  private int first = -1;
  private int lowest;

  /** RFC 8832 section 6: the DTLS client takes even identifiers, the server odd ones. */
  void assignParity(boolean client) {
    first = client ? 0 : 1;
    lowest = first;
  }

  boolean isParityKnown() {
    return first >= 0;
  }

  /** Whether the peer may open this one by DCEP. */
  boolean isOfPeer(int id) {
    return id < LIMIT && (id & 1) != first;
  }

  boolean isTaken(int id) {
    return taken.get(id);
  }

  void take(int id) {
    taken.set(id);
  }

  /** Takes the lowest free one of ours below the limit, or gives -1. */
  int takeNext(int limit) {
    while (lowest < limit && taken.get(lowest)) {
      lowest += 2;
    }
    if (lowest >= limit) {
      return -1;
    }
    taken.set(lowest);
    return lowest;
  }

  void release(int id) {
    taken.clear(id);
    if ((id & 1) == first) {
      lowest = Math.min(lowest, id);
    }
  }
}
