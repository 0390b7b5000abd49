package org.purertc.internal.jsep;

/**
 * What the remote description says of data channels.
 *
 * @param transport index of their {@link NegotiatedTransport}
 * @param sctpPort the remote's
 * @param maxMessageSize what the remote accepts; 0 means any, RFC 8841 section 6
 */
public record NegotiatedData(String mid, int transport, int sctpPort, long maxMessageSize) {}
