/**
 * Transfers from and to this machine: its file system, its standard input and output.
 *
 * <p>Knows no messages and no channels.
 */
@NullMarked
package org.purertc.samples.transfer.files;

import org.jspecify.annotations.NullMarked;
