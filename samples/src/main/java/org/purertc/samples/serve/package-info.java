/** The command {@code purertc serve}: a signalling server. */
@NullMarked
package org.purertc.samples.serve;

import org.jspecify.annotations.NullMarked;
