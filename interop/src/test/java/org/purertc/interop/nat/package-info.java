/** Calls between two networks behind real NATs, which are built of network namespaces. */
@NullMarked
package org.purertc.interop.nat;

import org.jspecify.annotations.NullMarked;
