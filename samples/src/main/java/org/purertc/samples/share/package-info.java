/**
 * {@code send} and {@code receive}: a file from one machine to another by a link.
 *
 * <p>Knows no peer connections beyond the one that carries the file.
 */
@NullMarked
package org.purertc.samples.share;

import org.jspecify.annotations.NullMarked;
