/**
 * The page that compares the transports of rooms, and what it needs of its server: what each one
 * puts on the wire, and a peer that echoes for the comparison with a data channel.
 */
@NullMarked
package org.purertc.samples.transports;

import org.jspecify.annotations.NullMarked;
