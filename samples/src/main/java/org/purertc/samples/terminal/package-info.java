/**
 * What the commands share at the edge to the user: options, progress, one-line failures.
 *
 * <p>Knows nothing of signalling, files or pages.
 */
@NullMarked
package org.purertc.samples.terminal;

import org.jspecify.annotations.NullMarked;
