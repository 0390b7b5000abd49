package org.purertc.ice;

import org.jspecify.annotations.Nullable;

/**
 * The STUN or TURN server that a candidate was learnt from.
 *
 * @param url as it was configured
 * @param relayProtocol {@code udp}, {@code tcp} or {@code tls}: how we talk to a TURN server; null
 *     for a server-reflexive candidate
 */
public record CandidateServer(String url, @Nullable String relayProtocol) {}
