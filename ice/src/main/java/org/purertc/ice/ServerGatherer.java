package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.DatagramPort;
import org.purertc.ice.io.Network.DatagramSender;
import org.purertc.ice.turn.IceServer;
import org.purertc.ice.turn.Relay;
import org.purertc.ice.turn.ServerError;
import org.purertc.ice.turn.ServerSockets;
import org.purertc.ice.turn.ServerUrl;

/**
 * Asks STUN and TURN servers for the candidates of one transport: server-reflexive ones over its
 * host ports, relayed ones over sockets of their own. Gathering ends when all have answered or
 * {@link #PATIENCE_NS} are over.
 */
final class ServerGatherer {

  /** Somebody waits for the end: shorter than the 39.5 s of an unanswered request. */
  static final long PATIENCE_NS = 10_000_000_000L;

  /** RFC 8445 section 5.1.1 warns of asking too many; browsers warn from five servers on. */
  static final int MAX_SERVERS = 16;

  static final int MAX_QUERIES = 32;
  static final int MAX_RELAYS = 16;

  /** Paths below are host ports. */
  static final int FIRST_RELAY_PATH = 1_000;

  private static final DatagramSender GONE = (buffer, offset, length, to) -> true;

  /** Whom it gathers for. */
  interface Owner {

    void onServerCandidate(IceCandidate candidate, PathId path);

    void onCandidateError(CandidateError error);

    void onServersAnswered();

    /** A relay brought a datagram of a peer. */
    void onRelayedDatagram(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from);

    void onWritable(long nowNs);
  }

  /** A local address with its port, or without one when only relays are wanted. */
  record Host(PathId path, InetAddress address, @Nullable DatagramPort port) {}

  private final IceServers servers;
  private final ServerSockets sockets;
  private final RandomGenerator random;
  private final Owner owner;
  private final ServerCodec codec = new ServerCodec();
  private final List<HostQuery> queries = new ArrayList<>(0);
  private final Map<Integer, PeerRelay> relays = new LinkedHashMap<>();
  private final Set<ReflexiveQuery.Question> asked = new HashSet<>();

  /** What servers have told since {@link #start}. */
  private final Set<LocalCandidate> known = new HashSet<>();

  private final List<ServerUrl> lookedUp = new ArrayList<>(0);
  private Loop.@Nullable LoopTimer timer;
  private long patienceEndNs = Loop.NEVER;
  private int nextRelayPath = FIRST_RELAY_PATH;
  private int pending;
  private boolean closed;

  ServerGatherer(IceServers servers, ServerSockets sockets, RandomGenerator random, Owner owner) {
    this.servers = servers;
    this.sockets = sockets;
    this.random = random;
    this.owner = owner;
  }

  boolean relayOnly() {
    return servers.relayOnly();
  }

  /**
   * Begins, or begins anew for an ICE restart: what is alive stays and is not told again, who gave
   * nothing is asked again, and so is who sees our NAT, as that may have another address now.
   * {@link Owner#onServersAnswered} ends it, maybe inside this call.
   */
  void start(List<Host> hosts, long nowNs) {
    if (timer == null) {
      timer = sockets.loop().timer(this::onDeadline);
    }
    patienceEndNs = nowNs + PATIENCE_NS;
    relays.values().removeIf(relay -> relay.ended);
    known.clear();
    pending++; // ours, so that the end does not come before all were asked
    for (HostQuery query : queries) {
      pending += query.askAgain(nowNs) ? 1 : 0;
    }
    servers.servers().stream().limit(MAX_SERVERS).forEach(server -> find(server, hosts));
    answered();
    settle();
  }

  private void find(IceServer server, List<Host> hosts) {
    ServerUrl url = server.url();
    if (!url.relays() && url.transport() != ServerUrl.Transport.UDP) {
      report(null, url, unreachable("STUN over TLS gives no candidates for UDP"));
      return;
    }
    pending++;
    lookedUp.add(url);
    sockets.lookUp(
        url.host(),
        addresses -> {
          if (!closed && lookedUp.remove(url)) {
            ask(server, addresses, hosts);
            answered();
            settle();
          }
        });
  }

  private void ask(IceServer server, List<InetAddress> addresses, List<Host> hosts) {
    ServerUrl url = server.url();
    if (addresses.isEmpty()) {
      report(null, url, unreachable("the name " + url.host() + " has no address"));
      return;
    }
    boolean reachable = false;
    for (Host host : hosts) {
      InetAddress address = firstReachable(addresses, host.address());
      if (address != null) {
        reachable = true;
        ask(server, new InetSocketAddress(address, url.port()), host);
      }
    }
    if (!reachable) {
      report(null, url, unreachable("no local address reaches " + addresses.get(0)));
    }
  }

  private static @Nullable InetAddress firstReachable(List<InetAddress> servers, InetAddress host) {
    for (InetAddress server : servers) {
      boolean leavesLoopback = host.isLoopbackAddress() && !server.isLoopbackAddress();
      if (server.getClass() == host.getClass() && !leavesLoopback) {
        return server;
      }
    }
    return null;
  }

  private void ask(IceServer server, InetSocketAddress address, Host host) {
    DatagramPort port = host.port();
    ServerUrl url = server.url();
    // A TURN server over UDP is a STUN server as well: RFC 8445 section 5.1.1.2.
    if (port != null
        && url.transport() == ServerUrl.Transport.UDP
        && queries.size() < MAX_QUERIES
        && asked.add(new ReflexiveQuery.Question(host.path(), address))) {
      HostQuery query = new HostQuery(host.path(), port, url, address);
      queries.add(query);
      pending++;
      query.start();
    }
    Relay.Place place = new Relay.Place(server, address, host.address());
    boolean fresh = relays.values().stream().noneMatch(relay -> relay.place.equals(place));
    if (url.relays() && fresh && relays.size() < MAX_RELAYS) {
      pending++;
      PeerRelay relay = new PeerRelay(place);
      relays.put(relay.path.number(), relay);
      relay.start();
    }
  }

  private static ServerError unreachable(String why) {
    return new ServerError(ServerError.UNREACHABLE, why);
  }

  private void report(@Nullable InetSocketAddress local, ServerUrl url, ServerError error) {
    owner.onCandidateError(new CandidateError(local, url.url(), error.code(), error.text()));
  }

  /** One of those that {@link #pending} counts. */
  private void answered() {
    if (--pending == 0) {
      end();
    }
  }

  private void end() {
    if (patienceEndNs != Loop.NEVER) {
      patienceEndNs = Loop.NEVER;
      owner.onServersAnswered();
    }
  }

  /** Takes a STUN message from a host port; returns whether it was a server's answer. */
  boolean receive(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    for (int i = 0; i < queries.size(); i++) {
      HostQuery query = queries.get(i);
      if (query.isFrom(path, from)) {
        ServerMessage message = codec.decode(buffer, offset, length);
        boolean taken = message != null && query.receive(message, nowNs);
        if (taken) {
          settle();
        }
        return taken;
      }
    }
    return false;
  }

  /** The way out of a relayed path, which loses all when the relay is gone; null for another. */
  @Nullable DatagramSender relay(PathId path) {
    if (path.number() < FIRST_RELAY_PATH) {
      return null;
    }
    PeerRelay relay = relays.get(path.number());
    return relay == null ? GONE : relay;
  }

  /** Whether a relay gave a candidate. */
  boolean hasRelayed() {
    return relays.values().stream().anyMatch(relay -> relay.relayed);
  }

  private void onDeadline(long nowNs) {
    for (HostQuery query : List.copyOf(queries)) {
      query.onDeadline(nowNs);
    }
    if (nowNs >= patienceEndNs) {
      giveUp();
    }
    settle();
  }

  /** Whoever has not answered by now is not waited for. */
  private void giveUp() {
    ServerError error =
        unreachable("no answer within " + PATIENCE_NS / 1_000_000_000L + " seconds");
    lookedUp.forEach(url -> report(null, url, unreachable("looking up its name takes too long")));
    lookedUp.clear();
    List.copyOf(queries).forEach(query -> query.giveUp(error));
    List.copyOf(relays.values()).forEach(relay -> relay.giveUp(error));
    end();
  }

  private void settle() {
    Loop.LoopTimer current = timer;
    if (current != null && !closed) {
      long next = patienceEndNs;
      for (HostQuery query : queries) {
        next = Math.min(next, query.nextDeadlineNs());
      }
      current.set(next);
    }
  }

  void close() {
    closed = true;
    queries.forEach(HostQuery::close);
    relays.values().forEach(PeerRelay::close);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Which address the server sees behind a host port. */
  private final class HostQuery extends ReflexiveQuery {

    HostQuery(PathId path, DatagramPort port, ServerUrl url, InetSocketAddress server) {
      super(codec, random, path, port, url, server);
    }

    void start() {
      start(sockets.loop().nowNs());
    }

    @Override
    void onMapped(IceCandidate candidate) {
      boolean redundant = candidate.address().equals(candidate.relatedAddress());
      // RFC 8445 section 5.1.3: the same address with the same base is there already.
      boolean fresh =
          known.stream()
              .noneMatch(
                  each ->
                      each.path().equals(path)
                          && each.candidate().address().equals(candidate.address()));
      if (!redundant && fresh) {
        known.add(new LocalCandidate(candidate, path));
        owner.onServerCandidate(candidate, path);
      }
      answered();
    }

    @Override
    void onError(ServerError error) {
      queries.remove(this);
      asked.remove(question());
      report(port.localAddress(), url, error);
      answered();
    }
  }

  /** A relayed address and its path. */
  private final class PeerRelay implements DatagramSender, Relay.Listener {
    private final Relay.Place place;
    private final PathId path = new PathId(nextRelayPath);
    private final int rank = nextRelayPath++ % MAX_RELAYS;
    private final Relay relay;
    private boolean relayed;
    private boolean answered;
    private boolean ended;

    PeerRelay(Relay.Place place) {
      this.place = place;
      relay = new Relay(sockets, codec, random, place, this);
    }

    void start() {
      relay.start();
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
      return relay.send(buffer, offset, length, to);
    }

    @Override
    public void onRelayed(InetSocketAddress address, @Nullable InetSocketAddress mapped) {
      relayed = true;
      owner.onServerCandidate(
          ServerCandidates.relayed(rank, place, address, relayOnly() ? null : mapped), path);
      settled();
    }

    @Override
    public void onFailed(ServerError error, @Nullable InetSocketAddress local) {
      ended = true;
      report(local, place.server().url(), error);
      settled();
    }

    private void settled() {
      if (!answered) {
        answered = true;
        answered();
      }
    }

    void giveUp(ServerError error) {
      if (!answered) {
        relay.close();
        onFailed(error, null);
      }
    }

    void close() {
      relay.close();
    }

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      owner.onRelayedDatagram(buffer, offset, length, path, from);
    }

    @Override
    public void onWritable(long nowNs) {
      owner.onWritable(nowNs);
    }
  }
}
