/**
 * SCTP packets and their chunks (RFC 9260 section 3, RFC 3758, RFC 6525, RFC 9653) between bytes
 * and values.
 *
 * <p>Knows the wire format and nothing of associations: whether a chunk is allowed in a state is
 * not decided here. A further chunk such as I-DATA (RFC 8260) is one more record that {@link
 * org.purertc.internal.sctp.packet.Chunk} permits.
 */
@NullMarked
package org.purertc.internal.sctp.packet;

import org.jspecify.annotations.NullMarked;
