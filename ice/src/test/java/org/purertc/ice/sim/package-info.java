/**
 * Virtual time and a simulated network, reproducible from a seed; published as test-jar.
 *
 * <p>Knows the seams of {@code org.purertc.ice.io} and the agent, and nothing of a real socket.
 */
@NullMarked
package org.purertc.ice.sim;

import org.jspecify.annotations.NullMarked;
