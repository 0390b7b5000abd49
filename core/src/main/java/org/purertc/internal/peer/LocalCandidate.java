package org.purertc.internal.peer;

/**
 * A gathered candidate as signalling carries it.
 *
 * @param text {@code candidate:…}; empty for the end of candidates
 */
public record LocalCandidate(String text, String mid, int mLineIndex, String ufrag) {}
