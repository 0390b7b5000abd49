/**
 * RTP payload formats: how encoded frames become payloads and payloads become frames.
 *
 * <p>Knows no packets, no streams and no time.
 */
@NullMarked
package org.purertc.internal.rtp.format;

import org.jspecify.annotations.NullMarked;
