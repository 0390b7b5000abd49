package org.purertc.ice;

/** The priorities of candidates and pairs, RFC 8445 sections 5.1.2 and 6.1.2.3. */
final class CandidatePriority {

  /** RFC 8445 section 5.1.2.2: the value for a host with a single address. */
  static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

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

  /** RFC 8445 section 6.1.2.3: 2^32 * MIN(G,D) + 2 * MAX(G,D) + (G > D ? 1 : 0). */
  static long ofPair(long controlling, long controlled) {
    return (Math.min(controlling, controlled) << 32)
        + 2 * Math.max(controlling, controlled)
        + (controlling > controlled ? 1 : 0);
  }
}
