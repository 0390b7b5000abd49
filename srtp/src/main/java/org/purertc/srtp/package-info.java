/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): protect and unprotect packets in place.
 *
 * <p>jitsi-srtp is inside, without its native part, and never shows. Knows no DTLS and no sockets.
 */
@NullMarked
package org.purertc.srtp;

import org.jspecify.annotations.NullMarked;
