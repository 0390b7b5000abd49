/**
 * A peer connection to each other member of a room, by perfect negotiation.
 *
 * <p>Knows nothing of what the connections are for.
 */
@NullMarked
package org.purertc.samples.signaling.mesh;

import org.jspecify.annotations.NullMarked;
