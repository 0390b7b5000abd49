package org.purertc.ice;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.mdns.MulticastDns;
import org.purertc.ice.turn.ServerSockets;

/** Makes {@link IceTransport}s on one network. */
public final class IceTransports {

  /**
   * Which local addresses become candidates.
   *
   * <p>{@code EXCEPT_LOOPBACK} is what browsers do; {@code ONLY_LOOPBACK} keeps all traffic on this
   * machine.
   */
  public enum Addresses {
    EXCEPT_LOOPBACK,
    ALL,
    ONLY_LOOPBACK
  }

  /** What the transports of one loop share: an idle one should hold little. */
  private static final class OfLoop {
    final Transmit transmit = new Transmit();
    final StunCodec stun = new StunCodec();
    final ServerCodec servers = new ServerCodec();
  }

  private final Network network;
  private final IceConfig config;
  private final HostPolicy policy;
  private final SharedPorts shared;
  private final RandomGenerator random;
  private final MulticastDns names;
  private final Network host;

  private final Map<Loop, OfLoop> ofLoops = new ConcurrentHashMap<>();

  /**
   * @param random source of credentials and transaction ids; used by all loops, so it must be safe
   *     for that, and cryptographically secure outside tests ({@code SecureRandom} is both)
   */
  public IceTransports(
      Network network, IceConfig config, Addresses addresses, RandomGenerator random) {
    this(network, config, HostPolicy.of(addresses), random);
  }

  /**
   * @param policy which sockets they have
   * @param random as above
   */
  public IceTransports(
      Network network, IceConfig config, HostPolicy policy, RandomGenerator random) {
    this.network = Objects.requireNonNull(network, "network");
    this.config = Objects.requireNonNull(config, "config");
    Objects.requireNonNull(policy, "policy");
    // RFC 6544 section 5: a lite agent sends no checks, so it opens no connections.
    this.policy = config.lite() ? policy.withActiveTcp(false) : policy;
    this.random = Objects.requireNonNull(random, "random");
    names = new MulticastDns(network, random);
    host = policy.hidesAddresses() ? new HiddenHost(network, names) : network;
    shared = sharedPorts(host, policy, random);
  }

  private static SharedPorts sharedPorts(
      Network network, HostPolicy policy, RandomGenerator random) {
    var unknown = new UnknownDatagrams(policy.unknown(), new SourceLimit(random.nextLong()));
    return new SharedPorts(network, unknown);
  }

  /** Whether our side only answers checks, so that descriptions say {@code a=ice-lite}. */
  public boolean isLite() {
    return config.lite();
  }

  /** Whether descriptions say {@code renomination} among {@code a=ice-options}. */
  public boolean renominates() {
    return config.renomination();
  }

  /** One without servers. May be called from any thread; all effects happen on the loop. */
  public IceTransport create(Loop loop, IceListener listener) {
    return create(loop, listener, IceServers.NONE);
  }

  /** May be called from any thread; all effects happen on the loop. */
  public IceTransport create(Loop loop, IceListener listener, IceServers servers) {
    Objects.requireNonNull(listener, "listener");
    OfLoop own = ofLoops.computeIfAbsent(loop, each -> new OfLoop());
    // RFC 8445 section 6.1.1: whoever makes the offer controls; the owner says so by setRole.
    IceAgent agent = new IceAgent(config, IceRole.CONTROLLED, own.stun, random);
    HostGatherer hosts = new HostGatherer(host, loop, policy, shared, random);
    var sockets = new ServerSockets(network, loop, servers.blocking(), servers.tls());
    var source = new ServerSource(servers, sockets, own.servers, random);
    return new SocketIceTransport(agent, hosts, source, remote(servers), own.transmit, listener);
  }

  /**
   * draft-ietf-mmusic-mdns-ice-candidates section 3.2.1: names are of no use to relays. Nor are
   * they where no traffic leaves this machine.
   */
  private RemotePolicy remote(IceServers servers) {
    boolean looksUp = !servers.relayOnly() && policy.addresses() != Addresses.ONLY_LOOPBACK;
    return new RemotePolicy(policy.remote(), looksUp ? names : null);
  }
}
