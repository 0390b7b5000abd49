/** Clients that nobody here wrote, as members of rooms: those of npm. */
@NullMarked
package org.purertc.interop.stock;

import org.jspecify.annotations.NullMarked;
