/**
 * The command {@code purertc}: names the subcommands and turns failures into one line and an exit
 * code.
 *
 * <p>Knows every sample; no sample knows it.
 */
@NullMarked
package org.purertc.samples.cli;

import org.jspecify.annotations.NullMarked;
