/** Audio and video with peers that others wrote. */
@NullMarked
package org.purertc.interop.media;

import org.jspecify.annotations.NullMarked;
