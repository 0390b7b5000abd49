/**
 * {@code purertc join}: a member of a room that connects with every other one and sends back what
 * it gets.
 */
@NullMarked
package org.purertc.samples.join;

import org.jspecify.annotations.NullMarked;
