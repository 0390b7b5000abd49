/** The documents' promises, run as tests. */
@NullMarked
package org.purertc.interop.docs;

import org.jspecify.annotations.NullMarked;
