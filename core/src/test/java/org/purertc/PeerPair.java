package org.purertc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.purertc.ice.HostPolicy;
import org.purertc.ice.IceConfig;
import org.purertc.ice.IceServers;
import org.purertc.ice.IceTransports;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.internal.jsep.BundlePolicy;
import org.purertc.internal.peer.LocalCertificate;
import org.purertc.internal.peer.PeerEnvironment;
import org.purertc.internal.peer.PeerLoop;

/**
 * Two whole peers in virtual time on a simulated network: ICE, SCTP, data channels and the API are
 * the real ones, DTLS is the double {@link SimDtls}. Handlers run on the loop.
 */
final class PeerPair {
  private static final long MS = 1_000_000;
  private static final long SIGNALING_NS = 30 * MS;

  final SimNetwork network;
  final SimLoop loop = new SimLoop();
  final SimHost hostA;
  final SimHost hostB;
  final PeerCore a;
  final PeerCore b;
  final List<Throwable> failures = new ArrayList<>();

  /** ICE and DTLS work, and what they carry is lost. */
  boolean losesData;

  /** How many of the last flights of DTLS handshakes are lost from now on. */
  int lostLastFlights;

  /** The association of that number gets no answer: all of its flights are lost. */
  int lostFlightsOfAssociation;

  /** DTLS associations that both have begun. */
  int associations;

  private final BundlePolicy bundlePolicy;
  private final HostPolicy hostPolicy;
  private int released;

  PeerPair(SimNetwork network) {
    this(network, "BB:BB");
  }

  /**
   * @param fingerprintOfB what b's description says; its certificate is BB:BB
   */
  PeerPair(SimNetwork network, String fingerprintOfB) {
    this(network, fingerprintOfB, BundlePolicy.MAX_BUNDLE);
  }

  PeerPair(SimNetwork network, String fingerprintOfB, BundlePolicy bundlePolicy) {
    this(network, fingerprintOfB, bundlePolicy, HostPolicy.of(Addresses.ALL));
  }

  PeerPair(SimNetwork network, HostPolicy hostPolicy) {
    this(network, "BB:BB", BundlePolicy.MAX_BUNDLE, hostPolicy);
  }

  private PeerPair(
      SimNetwork network, String fingerprintOfB, BundlePolicy bundlePolicy, HostPolicy hostPolicy) {
    this.bundlePolicy = bundlePolicy;
    this.hostPolicy = hostPolicy;
    this.network = network;
    hostA = network.host("10.0.0.1");
    hostB = network.host("10.0.0.2");
    Random random = new Random(network.seed());
    a = peer(hostA, "AA:AA", "AA:AA", random);
    b = peer(hostB, "BB:BB", fingerprintOfB, random);
    a.events.iceCandidate.set(c -> signal(() -> note(b.operations().addIceCandidate(c))));
    b.events.iceCandidate.set(c -> signal(() -> note(a.operations().addIceCandidate(c))));
  }

  private PeerCore peer(SimHost host, String certificate, String described, Random random) {
    IceTransports ice =
        new IceTransports(host, IceConfig.DEFAULT, hostPolicy, new Random(random.nextLong()));
    PeerEnvironment environment =
        new PeerEnvironment(
            new PeerLoop(loop, () -> released++),
            ice,
            IceServers.NONE,
            (unused, sink, listener) ->
                new SimDtls(loop, sink, listener, certificate, new DtlsConditions()),
            new LocalCertificate("sha-256 " + described, new byte[0]),
            bundlePolicy,
            new Random(random.nextLong()),
            () -> Instant.ofEpochSecond(1_800_000_000L, loop.nowNs()));
    return new PeerCore(environment, null, core -> {});
  }

  /** Starts offer and answer over signalling that takes its time. */
  void negotiate() {
    note(a.operations().setLocalDescription(null).thenAccept(offer -> signal(() -> answer(offer))));
  }

  private void answer(RTCSessionDescription offer) {
    note(
        b.operations()
            .setRemoteDescription(offer)
            .thenCompose(done -> b.operations().setLocalDescription(null))
            .thenAccept(answer -> signal(() -> note(a.operations().setRemoteDescription(answer)))));
  }

  private void signal(Runnable message) {
    loop.at(loop.nowNs() + SIGNALING_NS, message);
  }

  private void note(CompletableFuture<?> future) {
    CompletableFuture<?> unused =
        future.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                failures.add(failure);
              }
            });
  }

  /** Runs until it is complete. */
  <T> T now(CompletableFuture<T> future) {
    if (!runUntil(future::isDone, 1)) {
      throw new AssertionError("not complete after a second");
    }
    return future.join();
  }

  boolean runUntil(BooleanSupplier condition, long seconds) {
    return loop.runUntil(condition, loop.nowNs() + seconds * 1000 * MS);
  }

  void runMs(long milliseconds) {
    loop.runFor(milliseconds * MS);
  }

  long nowMs() {
    return loop.nowNs() / MS;
  }

  /** Closes both and fails when a timer, a port or a peer is left. */
  void assertNothingLeft() {
    a.close();
    b.close();
    runMs(1);
    if (loop.timersSet() != 0 || network.openPorts() != 0 || released != 2) {
      throw new AssertionError(
          "seed %d: left are %d timers and %d ports, released are %d peers"
              .formatted(network.seed(), loop.timersSet(), network.openPorts(), released));
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("seed " + network.seed(), failures.get(0));
    }
  }

  private final class DtlsConditions implements SimDtls.Conditions {

    @Override
    public boolean losesData() {
      return losesData;
    }

    private int association;

    @Override
    public boolean losesFlight(int number) {
      if (association == lostFlightsOfAssociation) {
        return true;
      }
      boolean lost = number == 4 && lostLastFlights > 0;
      lostLastFlights -= lost ? 1 : 0;
      return lost;
    }

    @Override
    public int nextRandom() {
      association = ++associations;
      return association;
    }
  }
}
