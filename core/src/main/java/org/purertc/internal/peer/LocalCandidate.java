package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateServer;

/**
 * A gathered candidate as signalling carries it.
 *
 * @param text {@code candidate:…}; empty for the end of candidates
 * @param server that it was learnt from; null for a host candidate and for the end
 */
public record LocalCandidate(
    String text, String mid, int mLineIndex, String ufrag, @Nullable CandidateServer server) {}
