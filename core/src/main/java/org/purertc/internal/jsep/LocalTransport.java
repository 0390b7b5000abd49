package org.purertc.internal.jsep;

/**
 * Our side of a transport as descriptions state it.
 *
 * @param fingerprint {@code sha-256 AB:CD:…}
 */
public record LocalTransport(String iceUfrag, String icePwd, String fingerprint) {}
