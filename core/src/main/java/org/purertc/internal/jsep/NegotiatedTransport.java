package org.purertc.internal.jsep;

import java.util.List;

/**
 * What the remote description says of its transport, with what both together decide.
 *
 * @param fingerprints {@code sha-256 AB:CD:…}, of media or session level
 * @param dtlsClient whether we are the DTLS client; meaningful when {@code roleKnown}
 * @param roleKnown false while only an offer was applied
 * @param maxMessageSize what the remote accepts; 0 means any, RFC 8841 section 6
 */
public record NegotiatedTransport(
    String mid,
    String iceUfrag,
    String icePwd,
    boolean iceLite,
    List<String> fingerprints,
    boolean roleKnown,
    boolean dtlsClient,
    int sctpPort,
    long maxMessageSize) {}
