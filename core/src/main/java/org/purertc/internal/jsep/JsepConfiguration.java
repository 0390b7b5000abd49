package org.purertc.internal.jsep;

/**
 * What one session says of itself.
 *
 * @param sessionId of the o= line, 63 random bits
 * @param sctpPort ours
 * @param maxMessageSize of data channels, what we accept, in bytes
 * @param iceLite whether we only answer checks
 */
public record JsepConfiguration(
    long sessionId,
    int sctpPort,
    int maxMessageSize,
    BundlePolicy bundlePolicy,
    MediaCapabilities capabilities,
    boolean iceLite) {

  /** Of a side with full ICE. */
  public JsepConfiguration(
      long sessionId,
      int sctpPort,
      int maxMessageSize,
      BundlePolicy bundlePolicy,
      MediaCapabilities capabilities) {
    this(sessionId, sctpPort, maxMessageSize, bundlePolicy, capabilities, false);
  }
}
