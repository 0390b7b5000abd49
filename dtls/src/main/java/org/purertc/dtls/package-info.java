/**
 * DTLS 1.2 (RFC 6347) for WebRTC: certificates, fingerprints, handshake, records, key export.
 *
 * <p>BouncyCastle is inside and never shows. Knows no sockets, no ICE, no SRTP.
 */
@NullMarked
package org.purertc.dtls;

import org.jspecify.annotations.NullMarked;
