package org.purertc.ice;

/** A local candidate and the path that its base sends and receives on. */
record LocalCandidate(IceCandidate candidate, PathId path) {}
