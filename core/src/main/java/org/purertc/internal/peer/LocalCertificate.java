package org.purertc.internal.peer;

/**
 * The certificate that a peer shows.
 *
 * @param fingerprint {@code sha-256 AB:CD:…}
 * @param encoded DER
 */
public record LocalCertificate(String fingerprint, byte[] encoded) {}
