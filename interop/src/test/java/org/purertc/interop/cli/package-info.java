/** The commands of {@code scripts/purertc}, run as processes of their own. */
@NullMarked
package org.purertc.interop.cli;

import org.jspecify.annotations.NullMarked;
