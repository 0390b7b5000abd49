/**
 * What every machine needs: bounded reading and writing, wrapping numbers, deadlines as values.
 *
 * <p>Knows nothing of the other packages.
 */
@NullMarked
package org.purertc.internal.util;

import org.jspecify.annotations.NullMarked;
