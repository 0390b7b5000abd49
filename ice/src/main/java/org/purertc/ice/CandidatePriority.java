package org.purertc.ice;

/** The priorities of candidates and pairs, RFC 8445 sections 5.1.2 and 6.1.2.3. */
final class CandidatePriority {

  /** RFC 8445 section 5.1.2: priorities reach from 1 to 2^31 - 1. */
  private static final long MAX = Integer.MAX_VALUE;

  private CandidatePriority() {}

  /** RFC 8445 section 5.1.2.1. */
  static long of(CandidateType type, int localPreference, int component) {
    return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - component);
  }

  /** RFC 8445 section 7.1.1: of a peer-reflexive candidate with the same base. */
  static long peerReflexive(IceCandidate base) {
    int localPreference = (int) (base.priority() >> 8 & 0xffff);
    return of(CandidateType.PEER_REFLEXIVE, localPreference, base.component());
  }

  /**
   * RFC 8445 section 6.1.2.3: 2^32 * MIN(G,D) + 2 * MAX(G,D) + (G > D ? 1 : 0). What a remote side
   * claims outside the range counts as the nearest priority inside.
   */
  static long ofPair(long controlling, long controlled) {
    long g = Math.max(1, Math.min(controlling, MAX));
    long d = Math.max(1, Math.min(controlled, MAX));
    return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
  }
}
