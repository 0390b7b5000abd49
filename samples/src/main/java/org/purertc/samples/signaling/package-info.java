/**
 * Offers, answers and candidates as JSON lines, and the order in which a peer may take them.
 *
 * <p>Knows neither who carries the lines nor what the data channels are for.
 */
@NullMarked
package org.purertc.samples.signaling;

import org.jspecify.annotations.NullMarked;
