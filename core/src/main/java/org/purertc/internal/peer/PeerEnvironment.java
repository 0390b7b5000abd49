package org.purertc.internal.peer;

import java.util.random.RandomGenerator;
import org.purertc.ice.IceTransports;

/**
 * What a peer is built from.
 *
 * @param fingerprint of our certificate, {@code sha-256 AB:CD:…}
 * @param random cryptographically secure outside tests
 */
public record PeerEnvironment(
    PeerLoop loop,
    IceTransports ice,
    DtlsFactory dtls,
    String fingerprint,
    RandomGenerator random) {}
