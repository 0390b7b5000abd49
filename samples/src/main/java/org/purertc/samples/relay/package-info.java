/**
 * {@code relay}: a bad network between two peers of this host: UDP that is late, lost, doubled,
 * overtaken, limited.
 *
 * <p>Knows datagrams only, nothing of what is in them and nothing of peers.
 */
@NullMarked
package org.purertc.samples.relay;

import org.jspecify.annotations.NullMarked;
