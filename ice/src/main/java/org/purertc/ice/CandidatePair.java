package org.purertc.ice;

/** A local and a remote candidate, RFC 8445 section 6.1.2. */
public record CandidatePair(IceCandidate local, IceCandidate remote) {}
