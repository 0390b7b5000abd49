/**
 * Threads, time and sockets: the loop a peer lives on, and the datagram ports it reads from.
 *
 * <p>The only package of PureRTC that opens UDP or TCP sockets. Knows no protocol.
 */
@NullMarked
package org.purertc.ice.io;

import org.jspecify.annotations.NullMarked;
