/**
 * Several servers with the same rooms. Each room is on one of them; connections elsewhere are
 * handed on to it. What they share is a {@link org.purertc.samples.signaling.cluster.Bus}: who has
 * which room, and a way to tell each other something that may be lost. Nothing here makes that way
 * reliable: a gap is noticed, the connections that it concerns are given up, and their clients
 * resume, as after any lost connection.
 */
@NullMarked
package org.purertc.samples.signaling.cluster;

import org.jspecify.annotations.NullMarked;
