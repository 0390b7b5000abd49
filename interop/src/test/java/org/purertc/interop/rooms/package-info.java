/** Signalling servers that share their rooms, against a real Redis. */
@NullMarked
package org.purertc.interop.rooms;

import org.jspecify.annotations.NullMarked;
