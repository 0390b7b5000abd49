/**
 * Engine.IO 4 and Socket.IO 5 as far as a signalling server needs them: one namespace, text, events
 * with acknowledgements, long polling, WebSocket, and the upgrade from one to the other.
 *
 * <p>Knows bytes and times, no server and no rooms.
 */
@NullMarked
package org.purertc.samples.signaling.socketio;

import org.jspecify.annotations.NullMarked;
