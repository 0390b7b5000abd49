/**
 * The contexts of SRTP: session keys, indexes and replay windows by SSRC, ciphers of the JDK.
 *
 * <p>The session keys are derived by jitsi-srtp, without its native part. Knows nothing of the
 * package above it.
 */
@NullMarked
package org.purertc.srtp.internal;

import org.jspecify.annotations.NullMarked;
