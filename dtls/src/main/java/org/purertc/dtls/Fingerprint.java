package org.purertc.dtls;

/**
 * A certificate fingerprint, RFC 8122 section 5.
 *
 * @param algorithm lower case: {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value upper-case hexadecimal bytes with colons
 */
public record Fingerprint(String algorithm, String value) {}
