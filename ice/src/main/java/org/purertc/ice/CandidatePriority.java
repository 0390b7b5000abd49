package org.purertc.ice;

/** The priorities of candidates and pairs, RFC 8445 sections 5.1.2 and 6.1.2.3. */
final class CandidatePriority {

  /** RFC 8445 section 5.1.2: priorities reach from 1 to 2^31 - 1. */
  private static final long MAX = Integer.MAX_VALUE;

  /** What makes each TCP candidate come after the UDP ones that reach as far. */
  private static final int TCP_TYPE_PENALTY = 27;

  /** RFC 6544 section 4.2: the low bits of the local preference tell the address. */
  private static final int OTHER_PREFERENCE_BITS = 13;

  private static final int HIGHEST_OTHER_PREFERENCE = (1 << OTHER_PREFERENCE_BITS) - 1;

  private CandidatePriority() {}

  /** RFC 8445 section 5.1.2.1. */
  static long of(CandidateType type, int localPreference, int component) {
    return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - component);
  }

  /**
   * RFC 6544 section 4.2.
   *
   * @param rank of the address among those of the host, 0 for the best
   */
  static long ofTcp(CandidateType type, TcpType tcpType, int rank, int component) {
    int otherPreference = HIGHEST_OTHER_PREFERENCE - Math.min(rank, HIGHEST_OTHER_PREFERENCE);
    int localPreference = direction(type, tcpType) << OTHER_PREFERENCE_BITS | otherPreference;
    int typePreference = Math.max(0, type.preference() - TCP_TYPE_PENALTY);
    return ((long) typePreference << 24) + ((long) localPreference << 8) + (256 - component);
  }

  private static int direction(CandidateType type, TcpType tcpType) {
    boolean reflexive =
        type == CandidateType.SERVER_REFLEXIVE || type == CandidateType.PEER_REFLEXIVE;
    return switch (tcpType) {
      case ACTIVE -> reflexive ? 4 : 6;
      case PASSIVE -> reflexive ? 2 : 4;
      case SIMULTANEOUS_OPEN -> reflexive ? 6 : 2;
    };
  }

  /** RFC 8445 section 7.1.1: of a peer-reflexive candidate with the same base. */
  static long peerReflexive(IceCandidate base) {
    int localPreference = (int) (base.priority() >> 8 & 0xffff);
    TcpType tcpType = base.tcpType();
    if (tcpType != null) {
      int rank = HIGHEST_OTHER_PREFERENCE - (localPreference & HIGHEST_OTHER_PREFERENCE);
      return ofTcp(CandidateType.PEER_REFLEXIVE, tcpType, rank, base.component());
    }
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
