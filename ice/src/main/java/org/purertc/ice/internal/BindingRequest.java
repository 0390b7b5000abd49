package org.purertc.ice.internal;

/**
 * What a connectivity check says, RFC 8445 section 7.1.
 *
 * @param username remote ufrag, colon, local ufrag, RFC 8445 section 7.2.2
 * @param priority what a peer-reflexive candidate learned from this check would get
 * @param controlling whether ICE-CONTROLLING or ICE-CONTROLLED carries the tie-breaker
 * @param nominationValue of the attribute NOMINATION, draft-thatcher-ice-renomination; 0 without it
 */
public record BindingRequest(
    TransactionId id,
    String username,
    long priority,
    boolean controlling,
    long tieBreaker,
    boolean useCandidate,
    long nominationValue) {

  /** A check without NOMINATION. */
  public BindingRequest(
      TransactionId id,
      String username,
      long priority,
      boolean controlling,
      long tieBreaker,
      boolean useCandidate) {
    this(id, username, priority, controlling, tieBreaker, useCandidate, 0);
  }
}
