/**
 * Data channels (RFC 8831, RFC 8832) over one SCTP association.
 *
 * <p>Knows streams and messages, never packets, sockets or clocks.
 */
@NullMarked
package org.purertc.internal.datachannel;

import org.jspecify.annotations.NullMarked;
