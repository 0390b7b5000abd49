/**
 * {@code bench}: throughput, message rate, round trips, set-up time and memory of data channels.
 *
 * <p>Knows only the public API, as any other program would.
 */
@NullMarked
package org.purertc.samples.bench;

import org.jspecify.annotations.NullMarked;
