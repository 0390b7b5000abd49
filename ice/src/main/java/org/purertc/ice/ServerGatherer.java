package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.DatagramSender;
import org.purertc.ice.mdns.LocalName;
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

  /** Whom it gathers for. */
  interface Owner {

    void onServerCandidate(IceCandidate candidate, PathId path);

    void onCandidateError(CandidateError error);

    /** The relay behind this path is gone, or never came to be. */
    void onPathGone(PathId path);

    void onServersAnswered();

    /** A relay brought a datagram of a peer. */
    void onRelayedDatagram(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from);

    void onWritable(long nowNs);
  }

  /** A local address with its port, or without one when only relays are wanted. */
  record Host(PathId path, InetAddress address, @Nullable HostPort port) {}

  private final IceServers servers;
  private final ServerSockets sockets;
  private final RandomGenerator random;
  private final Owner owner;
  private final ServerCodec codec;
  private final List<HostQuery> queries = new ArrayList<>(0);
  private final PeerRelays relays;
  private final List<ReflexiveQuery.Question> asked = new ArrayList<>(0);

  /** What servers have told since {@link #start}. */
  private final List<LocalCandidate> known = new ArrayList<>(0);

  private final List<ServerUrl> lookedUp = new ArrayList<>(0);
  private List<Host> hosts = List.of();
  private Loop.@Nullable LoopTimer timer;
  private long patienceEndNs = Loop.NEVER;
  private int pending;
  private boolean closed;

  ServerGatherer(
      IceServers servers,
      ServerSockets sockets,
      ServerCodec codec,
      RandomGenerator random,
      Owner owner) {
    this.codec = codec;
    this.servers = servers;
    this.sockets = sockets;
    this.random = random;
    this.owner = owner;
    relays = new PeerRelays(sockets, codec, random, new FromRelays());
  }

  boolean relayOnly() {
    return servers.relayOnly();
  }

  /**
   * Begins, or begins anew for an ICE restart: what is alive stays, and a relay that is alive is
   * told again; who gave nothing, or is silent, is asked again, and so is who sees our NAT, as that
   * may have another address now. {@link Owner#onServersAnswered} ends it, maybe inside this call.
   */
  void start(List<Host> from, long nowNs) {
    hosts = from;
    if (timer == null) {
      timer = sockets.loop().timer(this::onDeadline);
    }
    patienceEndNs = nowNs + PATIENCE_NS;
    known.clear();
    pending++; // ours, so that the end does not come before all were asked
    pending += relays.tellAgain();
    for (HostQuery query : queries) {
      pending += query.askAgain(nowNs) ? 1 : 0;
    }
    servers.servers().stream().limit(MAX_SERVERS).forEach(this::find);
    answered();
    settle();
  }

  private void find(IceServer server) {
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
            ask(server, addresses);
            answered();
            settle();
          }
        });
  }

  private void ask(IceServer server, List<InetAddress> addresses) {
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
    HostPort port = host.port();
    ServerUrl url = server.url();
    // A TURN server over UDP is a STUN server as well: RFC 8445 section 5.1.1.2.
    if (port != null
        && url.transport() == ServerUrl.Transport.UDP
        && queries.size() < MAX_QUERIES
        && !asked.contains(new ReflexiveQuery.Question(host.path(), address))) {
      HostQuery query = new HostQuery(host.path(), port, url, address);
      queries.add(query);
      asked.add(query.question());
      pending++;
      query.start();
    }
    Relay.Place place = new Relay.Place(server, address, host.address());
    if (url.relays() && relays.ask(place)) {
      pending++;
    }
  }

  private static ServerError unreachable(String why) {
    return new ServerError(ServerError.UNREACHABLE, why);
  }

  private void report(@Nullable InetSocketAddress local, ServerUrl url, ServerError error) {
    owner.onCandidateError(new CandidateError(local, url.url(), error.code(), error.text()));
  }

  /** Gathering that has not ended does not end inside this step either. */
  void keepGoing(Runnable step) {
    boolean gathering = isGathering();
    pending += gathering ? 1 : 0;
    step.run();
    if (gathering) {
      answered();
    }
  }

  /** One of those that {@link #pending} counts. */
  private void answered() {
    if (--pending == 0) {
      end();
    }
  }

  private boolean isGathering() {
    return patienceEndNs != Loop.NEVER;
  }

  private void end() {
    if (isGathering()) {
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

  /** The way out of a relayed path; null for another. */
  @Nullable DatagramSender relay(PathId path) {
    return relays.sender(path);
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
    relays.giveUp(error);
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

  /** Whether all of them were asked from. */
  boolean hasAskedFrom(List<Host> present) {
    return addresses(hosts).containsAll(addresses(present));
  }

  private static List<InetAddress> addresses(List<Host> of) {
    return of.stream().map(Host::address).toList();
  }

  /**
   * Leaves all hosts but these, whose addresses are gone.
   *
   * @return the paths of the relays that were reached from there
   */
  List<PathId> retain(List<Host> present) {
    List<InetAddress> addresses = addresses(present);
    hosts = hosts.stream().filter(host -> addresses.contains(host.address())).toList();
    List<PathId> paths = present.stream().map(Host::path).toList();
    for (HostQuery query : List.copyOf(queries)) {
      if (!paths.contains(query.path)) {
        queries.remove(query);
        query.leave();
      }
    }
    asked.removeIf(question -> !paths.contains(question.path()));
    known.removeIf(candidate -> !paths.contains(candidate.path()));
    List<PathId> gone = relays.retain(addresses);
    settle();
    return gone;
  }

  void close() {
    closed = true;
    queries.forEach(HostQuery::close);
    relays.close();
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Which address the server sees behind a host port. */
  private final class HostQuery extends ReflexiveQuery {

    HostQuery(PathId path, HostPort port, ServerUrl url, InetSocketAddress server) {
      super(codec, random, path, port, url, server);
    }

    void start() {
      start(sockets.loop().nowNs());
    }

    void leave() {
      boolean unanswered = isPending();
      close();
      if (unanswered) {
        answered();
      }
    }

    @Override
    void onMapped(IceCandidate candidate) {
      // draft-ietf-mmusic-mdns-ice-candidates section 3.1.2.2: news for who was told a name.
      boolean hidden = LocalName.of(port.localAddress()) != null;
      boolean redundant = candidate.address().equals(candidate.relatedAddress()) && !hidden;
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

  private final class FromRelays implements PeerRelays.Owner {

    @Override
    public void onRelayed(
        int rank,
        PathId path,
        Relay.Place place,
        InetSocketAddress address,
        @Nullable InetSocketAddress mapped) {
      if (isGathering()) {
        owner.onServerCandidate(
            ServerCandidates.relayed(rank, place, address, relayOnly() ? null : mapped), path);
      }
    }

    @Override
    public void onRelayFailed(
        PathId path, Relay.Place place, ServerError error, @Nullable InetSocketAddress local) {
      report(local, place.server().url(), error);
      owner.onPathGone(path);
    }

    @Override
    public void onRelayAnswered() {
      answered();
    }

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from) {
      owner.onRelayedDatagram(buffer, offset, length, path, from);
    }

    @Override
    public void onWritable(long nowNs) {
      owner.onWritable(nowNs);
    }
  }
}
