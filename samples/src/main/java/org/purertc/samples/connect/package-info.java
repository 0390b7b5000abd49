/**
 * {@code connect}: a peer driven by JSON lines on standard input and output.
 *
 * <p>Knows no server and no files; whoever writes the lines is the signalling.
 */
@NullMarked
package org.purertc.samples.connect;

import org.jspecify.annotations.NullMarked;
