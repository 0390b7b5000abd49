package org.purertc.internal.sctp;

/**
 * How one message is sent.
 *
 * @param maxRetransmits -1 for no limit, RFC 7496 section 3.2
 * @param lifetimeNs -1 for no limit, RFC 3758 section 4.1
 */
public record SendOptions(boolean unordered, int maxRetransmits, long lifetimeNs) {
  public static final SendOptions RELIABLE = new SendOptions(false, -1, -1);
}
