/**
 * Audio and video of one peer: what descriptions agreed on becomes RTP streams, frames become
 * packets, packets become frames.
 *
 * <p>Knows the machines of RTP and what JSEP negotiated; knows no sockets, no encryption and no
 * clock.
 */
@NullMarked
package org.purertc.internal.media;

import org.jspecify.annotations.NullMarked;
