/**
 * Statistics as neutral values: what was counted, in W3C's names, before the API makes objects of
 * it.
 *
 * <p>Knows no machine.
 */
@NullMarked
package org.purertc.internal.stats;

import org.jspecify.annotations.NullMarked;
