/**
 * From packets as they arrive to frames in their order.
 *
 * <p>Knows no sockets and no RTCP.
 */
@NullMarked
package org.purertc.internal.rtp.jitter;

import org.jspecify.annotations.NullMarked;
