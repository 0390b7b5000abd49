package org.purertc.internal.jsep;

/**
 * Our side's transport as descriptions state it.
 *
 * @param fingerprint {@code sha-256 AB:CD:…}
 * @param maxMessageSize what we accept, in bytes
 */
public record LocalTransport(
    String iceUfrag, String icePwd, String fingerprint, int sctpPort, int maxMessageSize) {}
