/**
 * The client of STUN and TURN servers (RFC 8489, RFC 8656).
 *
 * <p>{@link org.purertc.ice.turn.StunQuery} and {@link org.purertc.ice.turn.TurnAllocation} are
 * machines without sockets or clocks; {@link org.purertc.ice.turn.Relay} is an allocation on a
 * network, {@code NameLookup} finds a server's addresses. Knows nothing of candidates, pairs or
 * checks.
 */
@NullMarked
package org.purertc.ice.turn;

import org.jspecify.annotations.NullMarked;
