/**
 * Multicast DNS (RFC 6762) for the names that stand for the addresses of host candidates
 * (draft-ietf-mmusic-mdns-ice-candidates): finds the addresses of others' names and answers for
 * ours.
 *
 * <p>{@code Querier} and {@code Responder} are machines without sockets or clocks; {@link
 * org.purertc.ice.mdns.MulticastDns} runs them on the sockets of one loop. Knows nothing of
 * candidates, and nothing of multicast DNS beyond the addresses of such names: no services, no
 * probing, no other records.
 */
@NullMarked
package org.purertc.ice.mdns;

import org.jspecify.annotations.NullMarked;
