/**
 * The peer that a server has of its own: whoever connects to it gets back what it sends, and may
 * look at the connection from this end, too.
 */
@NullMarked
package org.purertc.samples.inspect;

import org.jspecify.annotations.NullMarked;
