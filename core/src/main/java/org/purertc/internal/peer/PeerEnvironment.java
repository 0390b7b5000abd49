package org.purertc.internal.peer;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.purertc.ice.IceTransports;
import org.purertc.internal.jsep.BundlePolicy;

/**
 * What a peer is built from.
 *
 * @param random cryptographically secure outside tests
 * @param wallClock for what RTCP and statistics say of the time of day
 */
public record PeerEnvironment(
    PeerLoop loop,
    IceTransports ice,
    DtlsFactory dtls,
    LocalCertificate certificate,
    BundlePolicy bundlePolicy,
    RandomGenerator random,
    InstantSource wallClock) {}
