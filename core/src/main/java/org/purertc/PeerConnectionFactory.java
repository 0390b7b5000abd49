package org.purertc;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsTransports;
import org.purertc.ice.IceConfig;
import org.purertc.ice.IceServers;
import org.purertc.ice.IceTransports;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.NioNetwork;
import org.purertc.internal.jsep.BundlePolicy;
import org.purertc.internal.peer.LocalCertificate;
import org.purertc.internal.peer.LoopGroup;
import org.purertc.internal.peer.PeerEnvironment;
import org.purertc.internal.peer.PeerLoop;

/**
 * Makes peer connections that share event loops, a certificate and the threads of their handlers.
 * May be used from any thread.
 *
 * <p>Each peer lives on the loop that had the fewest when it was created. A loop's thread starts
 * with its first peer and ends some seconds after its last: an open peer keeps the JVM alive, a
 * forgotten factory does not.
 */
public final class PeerConnectionFactory implements AutoCloseable {

  /** How long {@link #close} waits for the loops, which need a turn each. */
  private static final long CLOSE_SECONDS = 5;

  private final SecureRandom random = new SecureRandom();
  private final LoopGroup loops;
  private final NioNetwork network;
  private final IceTransports ice;
  private final DtlsTransports dtls;
  private final LocalCertificate certificate;
  private final CallbackThreads callbackThreads = new CallbackThreads();
  private final ServerThreads serverThreads = new ServerThreads();
  private final IceServerOptions servers = new IceServerOptions(serverThreads);
  private final LeakedPeers leakedPeers = new LeakedPeers();
  private final Set<PeerCore> peers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private PeerConnectionFactory(Builder builder) {
    loops = new LoopGroup(builder.loops);
    network = new NioNetwork(builder.hosts.interfaces, builder.hosts.watchInterval);
    ice = new IceTransports(network, iceConfig(builder), builder.hosts.policy(), random);
    RTCCertificate own =
        builder.certificate == null ? RTCCertificate.generate() : builder.certificate;
    certificate = new LocalCertificate(own.fingerprint(), own.certificate().encoded());
    dtls = new DtlsTransports(own.certificate(), builder.keyLog);
  }

  private static IceConfig iceConfig(Builder builder) {
    IceTiming timing = builder.timing;
    return new IceConfig(
        timing.checkInterval().toNanos(),
        timing.patience().toNanos(),
        timing.consentInterval().toNanos(),
        timing.consentSilence().toNanos(),
        timing.consentRetry().toNanos(),
        timing.disconnectedAfter().toNanos(),
        timing.failedAfter().toNanos(),
        builder.lite,
        builder.renomination);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The one behind {@link RTCPeerConnection#RTCPeerConnection()}, made when first needed. */
  static PeerConnectionFactory shared() {
    return Shared.FACTORY;
  }

  /**
   * Creates a peer connection.
   *
   * @throws RTCException {@code SyntaxError} for the URL of a server that cannot be read, {@code
   *     InvalidAccessError} for a TURN server without username or credential
   * @throws IllegalStateException after {@link #close}
   */
  public RTCPeerConnection createPeerConnection(RTCConfiguration configuration) {
    return new RTCPeerConnection(this, configuration);
  }

  /**
   * Closes all peers of this factory, as {@link RTCPeerConnection#close} does, and frees its
   * threads and sockets; handlers that wait still run. Waits for the event loops, unless it is
   * called on one of them. A second call does nothing.
   */
  @Override
  public void close() {
    closed = true;
    Set<PeerCore> open = Set.copyOf(peers);
    open.forEach(PeerCore::close);
    if (!loops.inLoop()) {
      open.forEach(PeerConnectionFactory::awaitRelease);
    }
    loops.close();
    dtls.close();
    callbackThreads.close();
    serverThreads.close();
    network.close();
  }

  PeerCore createCore(RTCConfiguration configuration) {
    leakedPeers.closeThem();
    if (closed) {
      throw new IllegalStateException("This PeerConnectionFactory is closed: build another one");
    }
    IceServers iceServers = servers.of(configuration);
    PeerLoop loop = loops.acquire();
    PeerCore core =
        new PeerCore(
            new PeerEnvironment(
                loop,
                ice,
                iceServers,
                dtls::create,
                certificate,
                BundlePolicy.valueOf(configuration.bundlePolicy().name()),
                random,
                Clock.systemUTC()),
            callbackExecutor(configuration),
            this::released);
    peers.add(core);
    if (closed) {
      core.close(); // close() may have missed it
    }
    return core;
  }

  void watch(RTCPeerConnection connection, PeerCore core) {
    leakedPeers.watch(connection, core);
  }

  private void released(PeerCore core) {
    peers.remove(core);
    leakedPeers.forget(core);
  }

  private @Nullable Executor callbackExecutor(RTCConfiguration configuration) {
    if (configuration.callbacksOnLoop()) {
      return null;
    }
    Executor own = configuration.callbackExecutor();
    return own == null ? callbackThreads : own;
  }

  private static void awaitRelease(PeerCore core) {
    try {
      core.closed().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("An event loop does not answer", e);
    }
  }

  /** Built when the first connection without a factory is. */
  private static final class Shared {
    static final PeerConnectionFactory FACTORY = builder().build();
  }

  /** Builds a {@link PeerConnectionFactory}. */
  public static final class Builder {
    private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private IceTiming timing = IceTiming.DEFAULT;
    private boolean lite;
    private boolean renomination;
    private final HostOptions hosts = new HostOptions();
    private @Nullable RTCCertificate certificate;
    private @Nullable Path keyLog;

    private Builder() {}

    /**
     * Number of event loops; default one per two cores, at least one.
     *
     * @throws IllegalArgumentException when it is below 1
     */
    public Builder loops(int n) {
      if (n < 1) {
        throw new IllegalArgumentException("loops(" + n + "): a factory needs at least one");
      }
      loops = n;
      return this;
    }

    /** Gathers 127.0.0.1 and ::1 only: no traffic leaves this machine. */
    public Builder loopbackOnly() {
      hosts.addresses = Addresses.ONLY_LOOPBACK;
      return this;
    }

    /** Gathers loopback addresses besides those of the interfaces. */
    public Builder includeLoopback() {
      hosts.addresses = Addresses.ALL;
      return this;
    }

    /**
     * All peers of this factory share one UDP port, on each local address that they use: a firewall
     * or a container has one port to open. By default each peer has ports of its own, as in
     * browsers.
     *
     * <p>The port is bound while there is a peer that gathers candidates or has done so; when that
     * fails, the peer's candidates are missing and its state becomes {@code failed} with the
     * reason. Two peers of this factory cannot talk to one remote address and port at the same
     * time, for example to two peers that share another factory's port: the second fails. An
     * address whose peer has been silent for some seconds is free.
     *
     * @throws IllegalArgumentException when it is not 1 to 65535
     * @throws IllegalStateException after {@link #udpPortRange}
     */
    public Builder udpPort(int port) {
      hosts.share(port);
      return this;
    }

    /**
     * Each peer binds ports of this range only, both ends included; one port for each local address
     * of a peer. Where none is free, the peer has no candidate of that address.
     *
     * @throws IllegalArgumentException when it is no range within 1 to 65535
     * @throws IllegalStateException after {@link #udpPort}
     */
    public Builder udpPortRange(int first, int last) {
      hosts.range(first, last);
      return this;
    }

    /**
     * Remote peers whose network lets no UDP through may connect to this TCP port, which all peers
     * of this factory share, on each local address that they use; UDP is preferred where it works.
     * Server programs give one, often 443 or the number of {@link #udpPort}; by default no port
     * takes connections, as in browsers.
     *
     * <p>The port is bound while there is a peer that gathers candidates or has done so; when that
     * fails, its candidates are missing. A {@link #natMapping} holds for it, too.
     *
     * @throws IllegalArgumentException when it is not 1 to 65535
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6544">RFC 6544, TCP candidates</a>
     */
    public Builder tcpPort(int port) {
      hosts.listen(port);
      return this;
    }

    /**
     * Opens no TCP connections to candidates of remote peers. By default that is tried besides UDP,
     * as in browsers, when a remote peer takes connections.
     */
    public Builder withoutActiveTcp() {
      hosts.activeTcp = false;
      return this;
    }

    /**
     * Takes what comes to the shared port and belongs to no peer, so that another protocol can use
     * the port, too. The handler runs on an event loop and must not block. STUN messages are given
     * to it ten a second from each source at most; late datagrams of peers that have left come here
     * as well.
     *
     * @see #udpPort
     */
    public Builder onUnknownDatagram(Consumer<UnknownDatagram> handler) {
      hosts.unknown = handler;
      return this;
    }

    /**
     * This machine is behind a NAT that forwards to it and keeps port numbers, as in a cloud or a
     * container: remote peers are told this public address instead of the best local one of its
     * family.
     *
     * @param publicAddress an IPv4 or IPv6 address; once for each family
     * @throws IllegalArgumentException when it is no address, or its family has one already
     */
    public Builder natMapping(String publicAddress) {
      hosts.map(null, publicAddress);
      return this;
    }

    /**
     * The same for one local address.
     *
     * @throws IllegalArgumentException when either is no address, they differ in their family, or
     *     the local one has a mapping already
     */
    public Builder natMapping(String privateAddress, String publicAddress) {
      hosts.map(privateAddress, publicAddress);
      return this;
    }

    /**
     * Remote peers are told the local address of a {@link #natMapping}, too: peers on this side of
     * the NAT may need it, others see how the network is built. The public address is then a
     * server-reflexive candidate.
     */
    public Builder tellMappedAddresses() {
      hosts.tellsMapped = true;
      return this;
    }

    /**
     * Remote peers are told random names instead of local addresses, as browsers do without a
     * camera in use: {@code 1f4712db-ea17-4bcf-a596-105139dfd8bf.local}. Peers of the same network
     * find the address by multicast DNS, others learn nothing of how this network is built. Public
     * addresses that a STUN server sees, and those of a {@link #natMapping}, are told all the same.
     *
     * <p>Where multicast does not get through, such peers connect only if one of the two sides is
     * told an address. The names are in use while a peer gathers candidates or has done so; one
     * address has one name for all peers of this factory.
     */
    public Builder hideLocalAddresses() {
      hosts.hidesAddresses = true;
      return this;
    }

    /** Only interfaces with such names are used, for example {@code "eth0"::equals}. */
    public Builder interfaceFilter(Predicate<String> name) {
      hosts.interfaces = name;
      return this;
    }

    /**
     * Only such local addresses are used, for example {@code AddressPrefix.of("10.0.0.0/8")}.
     * Called on event loops.
     */
    public Builder localAddressFilter(Predicate<InetAddress> allowed) {
      hosts.local = allowed;
      return this;
    }

    /**
     * Only such remote addresses are sent connectivity checks, and only from them are checks taken.
     * Called on event loops.
     *
     * <p>Whoever writes the remote description chooses addresses and ports that this machine sends
     * a few small STUN messages to. By default all are allowed, as in browsers, since private
     * addresses are what connects peers of one network; never multicast and wildcard addresses or
     * port 0, and loopback only where loopback is gathered. A server in a network whose machines
     * must not be probed gives a filter, for example {@code
     * AddressPrefix.of("10.0.0.0/8").negate()}.
     */
    public Builder remoteAddressFilter(Predicate<InetAddress> allowed) {
      hosts.remote = allowed;
      return this;
    }

    /**
     * How often the addresses of this machine are looked at while there are peers; default 2 s.
     * Zero is never: then only {@link RTCPeerConnection#restartIce} sees new ones.
     *
     * <p>When an address goes, its candidates, sockets and relays go with it. Data takes another
     * path that works; without one the state is {@code disconnected} at once, and {@code failed}
     * after {@link IceTiming#failedAfter}. An address that comes gets candidates, too. While
     * candidates are gathered the remote peer is told of it. Later it is tried only when the path
     * in use has gone: mostly the peers find each other again without signalling, since the remote
     * one learns the address from a check. It is told of it with the next {@code restartIce()},
     * because no candidate may follow the end of candidates (RFC 8838). So a program that restarts
     * ICE when the state is {@code disconnected} for some seconds, or {@code failed}, needs nothing
     * else.
     *
     * @throws IllegalArgumentException when it is negative, or above zero and below 100 ms, or more
     *     than a day
     */
    public Builder networkWatchInterval(Duration interval) {
      hosts.watch(interval);
      return this;
    }

    /**
     * The remote peer is told of an address that comes after the end of candidates without waiting
     * for {@code restartIce()}: {@code iceGatheringState} is {@code gathering} once more, and
     * {@code icecandidate} brings new candidates and another end. Only for remote peers that take
     * candidates after the end, as PureRTC and Chromium do and Firefox does not, and while
     * signalling works.
     *
     * @see #networkWatchInterval
     */
    public Builder gatherContinually() {
      hosts.continual = true;
      return this;
    }

    /** How fast ICE looks for a path and gives one up; default {@link IceTiming#DEFAULT}. */
    public Builder iceTiming(IceTiming iceTiming) {
      timing = iceTiming;
      return this;
    }

    /**
     * ICE-lite: the peers only answer checks and never send their own, for servers with an address
     * that everybody reaches. The remote side must have full ICE, as browsers do; with another lite
     * side the connection fails, because nobody would check.
     */
    public Builder iceLite() {
      lite = true;
      return this;
    }

    /**
     * Renomination: the side that made the offer goes on looking for a better path while it uses
     * one, and moves there when it finds it, as from a relay to the direct path. Browsers follow.
     * Without it a path stays until it fails. {@code draft-thatcher-ice-renomination}.
     */
    public Builder iceRenomination() {
      renomination = true;
      return this;
    }

    /** The identity of all peers of this factory; default a new one per factory. */
    public Builder certificate(RTCCertificate certificate) {
      this.certificate = certificate;
      return this;
    }

    /** Appends NSS key log lines for Wireshark: whoever has the file reads the traffic. */
    public Builder keyLog(Path file) {
      keyLog = file;
      return this;
    }

    /**
     * Makes the factory; its threads start with its first peer.
     *
     * @throws IllegalStateException when {@link #onUnknownDatagram} is given without {@link
     *     #udpPort}
     * @throws java.io.UncheckedIOException when the key log cannot be written
     */
    public PeerConnectionFactory build() {
      return new PeerConnectionFactory(this);
    }
  }
}
