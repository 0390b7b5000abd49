/**
 * SCTP (RFC 9260) as WebRTC uses it: one association over DTLS.
 *
 * <p>Knows messages and packets, never sockets, clocks, or data channels.
 */
@NullMarked
package org.purertc.internal.sctp;

import org.jspecify.annotations.NullMarked;
