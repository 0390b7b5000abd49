/**
 * STUN on the wire (RFC 8489).
 *
 * <p>The only package that knows ice4j, and of it only the decoder and the attribute classes. Knows
 * nothing of candidates, roles or checks; passwords come in as keys.
 */
@NullMarked
package org.purertc.ice.internal;

import org.jspecify.annotations.NullMarked;
