/**
 * BouncyCastle's DTLS behind types of our own: identity, borrowed handshake threads, records.
 *
 * <p>The only package that sees BouncyCastle. Knows no SDP, no event loop and no public type of
 * {@code org.purertc.dtls}: it is told through {@link org.purertc.dtls.internal.HandshakeObserver}
 * what it must know.
 */
@NullMarked
package org.purertc.dtls.internal;

import org.jspecify.annotations.NullMarked;
