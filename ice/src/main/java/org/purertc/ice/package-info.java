/**
 * ICE (RFC 8445): candidates, connectivity checks, the selected pair, consent.
 *
 * <p>{@link org.purertc.ice.IceAgent} is the protocol machine, without sockets or clocks; {@link
 * org.purertc.ice.IceTransport} is the agent on sockets and a loop. Knows nothing of DTLS or SRTP.
 */
@NullMarked
package org.purertc.ice;

import org.jspecify.annotations.NullMarked;
