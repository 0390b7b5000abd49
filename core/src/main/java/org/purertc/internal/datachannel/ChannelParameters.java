package org.purertc.internal.datachannel;

/**
 * @param maxRetransmits -1 for no limit
 * @param maxLifetimeMs -1 for no limit; never both
 * @param negotiatedId -1 when announced in band
 */
public record ChannelParameters(
    String label,
    String protocol,
    boolean ordered,
    int maxRetransmits,
    int maxLifetimeMs,
    int negotiatedId) {

  public boolean isNegotiated() {
    return negotiatedId >= 0;
  }
}
