package org.purertc.ice.turn;

import org.jspecify.annotations.Nullable;

/**
 * A server to ask for candidates.
 *
 * @param credentials needed for TURN
 */
public record IceServer(ServerUrl url, @Nullable ServerCredentials credentials) {}
