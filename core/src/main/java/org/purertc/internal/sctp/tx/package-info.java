/**
 * The sending half of SCTP: what to send next, when to send it again, how fast.
 *
 * <p>Knows chunks, never sockets, clocks, or the receiving half.
 */
@NullMarked
package org.purertc.internal.sctp.tx;

import org.jspecify.annotations.NullMarked;
