/**
 * libwebrtc (through webrtc-java) as one more peer: measured beside ours, and talked to in tests.
 *
 * <p>The one package that loads native code. It knows the signalling of the samples and nothing of
 * our machines.
 */
@NullMarked
package org.purertc.bench.libwebrtc;

import org.jspecify.annotations.NullMarked;
