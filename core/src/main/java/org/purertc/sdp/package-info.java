/**
 * SDP (RFC 8866) as WebRTC uses it: descriptions as immutable values, a parser and a writer.
 *
 * <p>Knows nothing of the other packages.
 */
@NullMarked
package org.purertc.sdp;

import org.jspecify.annotations.NullMarked;
