/**
 * Rooms and their members as machines: requests and the time in, messages for each member out.
 *
 * <p>Knows no sockets, threads or clocks. One thread at a time may enter {@link
 * org.purertc.samples.signaling.rooms.Rooms}.
 */
@NullMarked
package org.purertc.samples.signaling.rooms;

import org.jspecify.annotations.NullMarked;
