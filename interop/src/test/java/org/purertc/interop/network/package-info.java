/** Networks of a test's own, for peers that never use loopback. */
@NullMarked
package org.purertc.interop.network;

import org.jspecify.annotations.NullMarked;
