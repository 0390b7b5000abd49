/**
 * RTP (RFC 3550) streams: packets, what is sent, what is received, and to whom a packet belongs.
 *
 * <p>Knows no sockets, no encryption and no descriptions.
 */
@NullMarked
package org.purertc.internal.rtp;

import org.jspecify.annotations.NullMarked;
