/**
 * The W3C WebRTC API in Java: {@link org.purertc.RTCPeerConnection} and what belongs to it.
 *
 * <p>Thin: checks arguments, hops to the loop, and turns the small types of {@code internal} into
 * W3C's.
 */
@NullMarked
package org.purertc;

import org.jspecify.annotations.NullMarked;
