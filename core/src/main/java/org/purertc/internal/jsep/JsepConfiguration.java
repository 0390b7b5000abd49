package org.purertc.internal.jsep;

/**
 * What one session says of itself.
 *
 * @param sessionId of the o= line, 63 random bits
 * @param sctpPort ours
 * @param maxMessageSize of data channels, what we accept, in bytes
 */
public record JsepConfiguration(
    long sessionId,
    int sctpPort,
    int maxMessageSize,
    BundlePolicy bundlePolicy,
    MediaCapabilities capabilities) {}
