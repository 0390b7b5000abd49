/**
 * RTP payload formats: how encoded frames become payloads and payloads become frames.
 *
 * <p>Knows no packets and no streams; of time only how long tones last.
 */
@NullMarked
package org.purertc.internal.rtp.format;

import org.jspecify.annotations.NullMarked;
