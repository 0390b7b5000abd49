/**
 * A member of a room: one channel over any of the transports, which survives lost connections.
 *
 * <p>Knows no server and no peer connection.
 */
@NullMarked
package org.purertc.samples.signaling.client;

import org.jspecify.annotations.NullMarked;
