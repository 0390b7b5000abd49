package org.purertc.dtls;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake agreed on.
 *
 * @param version {@code FEFD} for DTLS 1.2, as W3C's statistics spell it
 * @param cipherSuite the IANA name
 * @param remoteCertificate DER
 * @param srtpKeys null when the peer did not negotiate {@code use_srtp}
 */
public record DtlsSession(
    DtlsRole role,
    String version,
    String cipherSuite,
    byte[] remoteCertificate,
    @Nullable SrtpKeys srtpKeys) {}
