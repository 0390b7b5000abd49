package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateServer;
import org.purertc.ice.IceRole;

/**
 * The ICE transport as it was at the end of a turn.
 *
 * @param local text of the selected pair's local candidate, null without a pair
 * @param server that the local candidate was learnt from; null for a host candidate
 * @param remote text of the selected pair's remote candidate, null without a pair
 * @param roundTripNs -1 while it is not known
 */
public record PathSnapshot(
    IceRole role,
    @Nullable String local,
    @Nullable CandidateServer server,
    @Nullable String remote,
    long roundTripNs) {}
