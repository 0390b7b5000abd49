/** Calls through real STUN and TURN servers. */
@NullMarked
package org.purertc.interop.turn;

import org.jspecify.annotations.NullMarked;
