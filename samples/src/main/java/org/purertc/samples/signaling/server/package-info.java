/**
 * Rooms behind WebSocket, Server-Sent Events and plain HTTP.
 *
 * <p>Knows no peer connection and no page.
 */
@NullMarked
package org.purertc.samples.signaling.server;

import org.jspecify.annotations.NullMarked;
