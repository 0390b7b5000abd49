/**
 * RTCP packets: RFC 3550, RFC 4585, RFC 5104, transport-wide feedback and REMB.
 *
 * <p>Knows no streams.
 */
@NullMarked
package org.purertc.internal.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
