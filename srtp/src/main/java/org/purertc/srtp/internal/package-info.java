/**
 * jitsi-srtp behind plain bytes: crypto contexts by SSRC, without its native part.
 *
 * <p>Knows nothing of the package above it.
 */
@NullMarked
package org.purertc.srtp.internal;

import org.jspecify.annotations.NullMarked;
