/**
 * How fast to send: transport-wide feedback, bandwidth estimation, pacing.
 *
 * <p>Knows no codecs and no streams.
 */
@NullMarked
package org.purertc.internal.rtp.cc;

import org.jspecify.annotations.NullMarked;
