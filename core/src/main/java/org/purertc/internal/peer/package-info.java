/**
 * One peer: ICE, DTLS, SCTP and data channels put together on one loop.
 *
 * <p>The only package that knows all machines; knows nothing of the W3C API above it.
 */
@NullMarked
package org.purertc.internal.peer;

import org.jspecify.annotations.NullMarked;
