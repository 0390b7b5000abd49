package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.DatagramSender;

/**
 * The local candidates of one transport: opens its ports, asks its servers, gives the agent what
 * they bring, and keeps what the other side is told until the end of the turn.
 */
final class CandidateGathering {

  private final IceAgent agent;
  private final HostGatherer ports;
  private final ServerGatherer servers;
  private final Loop loop;
  private final HostPort.Session session;
  private final Runnable touched;

  /** What the other side is told of; what no server tells again is told again after a restart. */
  private final List<LocalCandidate> told = new ArrayList<>(2);

  private final List<LocalCandidate> unreported = new ArrayList<>(2);
  private final List<IceCandidate> gone = new ArrayList<>(0);
  private final List<CandidateError> unreportedErrors = new ArrayList<>(0);
  private @Nullable CandidateError lastError;
  private boolean started;
  private boolean done;
  private boolean reported;
  private boolean resumed;
  private boolean restarted;
  private boolean foundAny;

  /** The same for those where something can come in. */
  private boolean foundEntrance;

  private boolean closed;

  /**
   * @param session whose ports these are
   * @param touched asks for the end of the turn, which polls the agent and calls {@link #report}
   */
  CandidateGathering(
      IceAgent agent,
      HostGatherer ports,
      ServerSource servers,
      HostPort.Session session,
      Runnable touched) {
    this.agent = agent;
    this.ports = ports;
    this.servers = servers.gatherer(new FromServers());
    this.loop = servers.sockets().loop();
    this.session = session;
    this.touched = touched;
  }

  boolean hasStarted() {
    return started;
  }

  /** Begins with the addresses of now. */
  void start(long nowNs) {
    started = true;
    ports.readAddresses(restarted);
    leaveVanished(nowNs);
    // Servers tell theirs again: an old one of the same foundation would keep the new one frozen
    // until its checks have failed, RFC 8445 section 6.1.4.2.
    told.removeIf(each -> each.candidate().server() != null);
    unreported.clear();
    unreported.addAll(told);
    foundAny = !told.isEmpty();
    foundEntrance = told.stream().anyMatch(each -> isEntrance(each.candidate()));
    openPorts(nowNs);
    // A restart asks only those servers again whose answer is lost; the others end at once.
    servers.start(hosts(), nowNs);
    touched.run();
  }

  private void openPorts(long nowNs) {
    if (!servers.relayOnly()) {
      GatheredHosts hosts = ports.open(session);
      hosts.candidates().forEach(each -> agent.addLocal(each.candidate(), each.path(), nowNs));
      hosts.told().forEach(this::tell);
    }
  }

  private List<ServerGatherer.Host> hosts() {
    return servers.relayOnly() ? ports.unopened() : ports.hosts();
  }

  /**
   * The host has these addresses now: what goes over others ends.
   *
   * @param more whether ports are opened on those that have come, and servers asked from there
   */
  void follow(List<InetAddress> addresses, boolean more, long nowNs) {
    ports.follow(addresses);
    // Where all is gone that is awaited, something new may come: that is no end of gathering.
    servers.keepGoing(
        () -> {
          leaveVanished(nowNs);
          if (more) {
            gatherMore(nowNs);
          }
        });
    touched.run();
  }

  private void leaveVanished(long nowNs) {
    ports.closeVanished().forEach(path -> remove(path, nowNs));
    servers.retain(hosts()).forEach(path -> remove(path, nowNs));
  }

  private void remove(PathId path, long nowNs) {
    for (LocalCandidate candidate : List.copyOf(told)) {
      if (candidate.path().equals(path)) {
        told.remove(candidate);
        if (!unreported.remove(candidate)) {
          gone.add(candidate.candidate());
        }
      }
    }
    agent.removeLocal(path, nowNs);
  }

  private void gatherMore(long nowNs) {
    openPorts(nowNs);
    List<ServerGatherer.Host> hosts = hosts();
    if (!servers.hasAskedFrom(hosts)) {
      if (done && ports.isContinual()) {
        done = false;
        resumed = reported;
        reported = false;
      }
      servers.start(hosts, nowNs);
    }
  }

  /** An ICE restart: the next {@link #start} tells everything again. */
  void restart() {
    started = false;
    done = false;
    reported = false;
    resumed = false;
    restarted = true;
  }

  private void tell(LocalCandidate candidate) {
    IceCandidate news = candidate.candidate();
    foundAny = true;
    foundEntrance |= isEntrance(news);
    // A server's view of a mapped address is no news; that of one with a name is.
    if (told.stream().noneMatch(known -> known.candidate().tellsAddressOf(news))) {
      told.add(candidate);
      if (!done || ports.isContinual()) {
        unreported.add(candidate);
      }
    }
  }

  private static boolean isEntrance(IceCandidate candidate) {
    return candidate.tcpType() != TcpType.ACTIVE;
  }

  /** Whether this is the answer of a server, which only servers know. */
  boolean receive(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    return servers.receive(buffer, offset, length, path, from, nowNs);
  }

  DatagramSender sender(PathId path) {
    DatagramSender relay = servers.relay(path);
    return relay == null ? ports.sender(path) : relay;
  }

  /** Tells what is new; the listener may close us in any of its methods. */
  void report(IceListener listener) {
    if (resumed && !closed) {
      resumed = false;
      listener.onGatheringAgain();
    }
    reportGone(listener);
    List<LocalCandidate> candidates = List.copyOf(unreported);
    unreported.clear();
    for (int i = 0; i < candidates.size() && !closed; i++) {
      listener.onCandidate(candidates.get(i).candidate());
    }
    List<CandidateError> errors = List.copyOf(unreportedErrors);
    unreportedErrors.clear();
    for (int i = 0; i < errors.size() && !closed; i++) {
      listener.onCandidateError(errors.get(i));
    }
    if (done && !reported && !closed) {
      reported = true;
      listener.onGatheringComplete();
    }
  }

  private void reportGone(IceListener listener) {
    List<IceCandidate> candidates = List.copyOf(gone);
    gone.clear();
    for (int i = 0; i < candidates.size() && !closed; i++) {
      listener.onCandidateGone(candidates.get(i));
    }
  }

  /**
   * All was told, and it is nothing: no check can ever be sent or answered. A host that has lost
   * all of its addresses may have them back soon: how long to wait for them the agent knows.
   */
  boolean foundNothing() {
    return reported && !foundAny && !ports.hasLostAll();
  }

  /** Nothing comes in here unless the other side has a port that takes connections. */
  boolean canOnlyConnect() {
    return reported && foundAny && !foundEntrance;
  }

  /** What went wrong last, in words. */
  String trouble() {
    CandidateError error = lastError;
    return error == null ? ports.trouble() : error.url() + ": " + error.text();
  }

  void close() {
    closed = true;
    unreported.clear();
    gone.clear();
    unreportedErrors.clear();
    servers.close();
    ports.close();
  }

  /** What STUN and TURN servers give. */
  private final class FromServers implements ServerGatherer.Owner {

    @Override
    public void onServerCandidate(IceCandidate candidate, PathId path) {
      agent.addLocal(candidate, path, loop.nowNs());
      tell(new LocalCandidate(candidate, path));
      touched.run();
    }

    @Override
    public void onCandidateError(CandidateError error) {
      lastError = error;
      unreportedErrors.add(error);
      touched.run();
    }

    @Override
    public void onPathGone(PathId path) {
      remove(path, loop.nowNs());
      touched.run();
    }

    @Override
    public void onServersAnswered() {
      done = true;
      agent.endOfLocalCandidates(loop.nowNs());
      touched.run();
    }

    @Override
    public void onRelayedDatagram(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from) {
      session.receive(buffer, offset, length, path, from, loop.nowNs());
    }

    @Override
    public void onWritable(long nowNs) {
      session.onWritable(nowNs);
    }
  }
}
