package org.purertc.internal.peer;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.purertc.ice.IceServers;
import org.purertc.ice.IceTransports;
import org.purertc.internal.jsep.BundlePolicy;

/**
 * What a peer is built from.
 *
 * @param servers that its transports ask for candidates
 * @param random cryptographically secure outside tests
 * @param wallClock for what RTCP and statistics say of the time of day
 */
public record PeerEnvironment(
    PeerLoop loop,
    IceTransports ice,
    IceServers servers,
    DtlsFactory dtls,
    LocalCertificate certificate,
    BundlePolicy bundlePolicy,
    RandomGenerator random,
    InstantSource wallClock) {}
