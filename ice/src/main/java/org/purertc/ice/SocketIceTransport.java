package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.DatagramSender;

/**
 * The agent on the ports of its host candidates and the relays of its servers. Whatever touches the
 * agent asks for one drain at the end of the turn, which sends what the agent wants sent, moves the
 * timer and reports events.
 */
final class SocketIceTransport implements IceTransport, HostPort.Session {

  /** RFC 7983: STUN has a first byte of 0 to 3. */
  private static final int LAST_STUN_FIRST_BYTE = 3;

  private final IceAgent agent;
  private final HostGatherer ports;
  private final ServerGatherer servers;
  private final Predicate<InetAddress> remoteFilter;
  private final Loop loop;
  private final Transmit transmit;
  private final IceListener listener;
  private final Loop.Drain drain = this::drain;
  private Loop.@Nullable LoopTimer timer;
  private @Nullable DatagramSender selectedPort;
  private @Nullable InetSocketAddress selectedRemote;
  private volatile IceCredentials localCredentials;
  private List<String> ufrags = List.of();

  /** What the other side was told, and is told again after a restart. */
  private final List<IceCandidate> told = new ArrayList<>(2);

  private final List<IceCandidate> unreported = new ArrayList<>(2);
  private final List<CandidateError> unreportedErrors = new ArrayList<>(0);

  /** Why an address of the other side was refused, in words; the end may want to tell. */
  private String trouble = "";

  private boolean gatheringStarted;
  private boolean gatheringDone;
  private boolean gatheringReported;
  private @Nullable CandidateError lastError;
  private boolean remoteKnown;
  private boolean hopeless;
  private boolean blocked;
  private boolean closed;

  SocketIceTransport(
      IceAgent agent,
      HostGatherer ports,
      ServerSource servers,
      Predicate<InetAddress> remoteFilter,
      Transmit transmit,
      IceListener listener) {
    this.remoteFilter = remoteFilter;
    this.agent = agent;
    this.localCredentials = agent.local();
    this.ports = ports;
    this.servers = servers.gatherer(new FromServers());
    this.loop = servers.sockets().loop();
    this.transmit = transmit;
    this.listener = listener;
  }

  @Override
  public IceCredentials localCredentials() {
    return localCredentials;
  }

  @Override
  public IceCredentials newCredentials() {
    return agent.newCredentials();
  }

  @Override
  public void restart(IceCredentials local) {
    if (!closed) {
      agent.restart(local, loop.nowNs());
      localCredentials = agent.local();
      followUfrags();
      gatheringStarted = false;
      gatheringDone = false;
      gatheringReported = false;
      hopeless = false;
      touched();
    }
  }

  @Override
  public void cancelRestart() {
    if (!closed) {
      agent.cancelRestart(loop.nowNs());
      localCredentials = agent.local();
      followUfrags();
      touched();
    }
  }

  @Override
  public void setRole(IceRole role) {
    if (!closed) {
      agent.setRole(role);
      touched();
    }
  }

  @Override
  public void gather() {
    if (closed || gatheringStarted) {
      return;
    }
    gatheringStarted = true;
    followUfrags();
    unreported.clear();
    unreported.addAll(told);
    long nowNs = loop.nowNs();
    if (!servers.relayOnly()) {
      GatheredHosts hosts = ports.open(this);
      hosts.candidates().forEach(each -> agent.addLocal(each.candidate(), each.path(), nowNs));
      hosts.told().forEach(this::tell);
    }
    // A restart asks only those servers again whose answer is lost; the others end at once.
    servers.start(servers.relayOnly() ? ports.unopened() : ports.hosts(), nowNs);
    touched();
  }

  private void addLocal(IceCandidate candidate, PathId path, long nowNs) {
    agent.addLocal(candidate, path, nowNs);
    tell(candidate);
  }

  /** A server's view of a mapped address is no news. */
  private void tell(IceCandidate candidate) {
    if (told.stream().noneMatch(known -> known.address().equals(candidate.address()))) {
      // A STUN server tells it again after a restart, and an old one of the same foundation would
      // keep the new one frozen until its checks have failed, RFC 8445 section 6.1.4.2.
      if (candidate.type() != CandidateType.SERVER_REFLEXIVE || candidate.server() == null) {
        told.add(candidate);
      }
      unreported.add(candidate);
    }
  }

  @Override
  public void setRemote(IceCredentials remote, boolean lite) {
    if (!closed) {
      agent.setRemote(remote, lite, loop.nowNs());
      remoteKnown = true;
      touched();
    }
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate) {
    if (closed) {
      return;
    }
    if (remoteFilter.test(candidate.address().getAddress())) {
      agent.addRemote(candidate, loop.nowNs());
      touched();
    } else {
      trouble = "the remote address filter refuses " + candidate.address();
    }
  }

  @Override
  public void endOfRemoteCandidates() {
    if (!closed) {
      agent.endOfRemoteCandidates(loop.nowNs());
      touched();
    }
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    DatagramSender port = selectedPort;
    InetSocketAddress remote = selectedRemote;
    if (port == null || remote == null) {
      return true;
    }
    if (!port.send(buffer, offset, length, remote)) {
      blocked = true;
      return false;
    }
    return true;
  }

  @Override
  public IceRole role() {
    return agent.role();
  }

  @Override
  public IceTransportState state() {
    if (closed) {
      return IceTransportState.CLOSED;
    }
    return hopeless ? IceTransportState.FAILED : agent.state();
  }

  @Override
  public @Nullable CandidatePair selectedPair() {
    return agent.selectedPair();
  }

  @Override
  public long roundTripNs() {
    return agent.roundTripNs();
  }

  @Override
  public List<PairStatistics> statistics() {
    return agent.statistics();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    unreported.clear();
    unreportedErrors.clear();
    selectedPort = null;
    selectedRemote = null;
    agent.close();
    if (timer != null) {
      timer.cancel();
    }
    servers.close();
    ports.close();
  }

  // From the router of each port.

  @Override
  public boolean receiveStun(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    // What is not asked for may still ask: its address would be a peer-reflexive candidate.
    boolean mine =
        servers.receive(buffer, offset, length, path, from, nowNs)
            || remoteFilter.test(from.getAddress())
                && agent.receive(buffer, offset, length, path, from, nowNs);
    touched();
    return mine;
  }

  @Override
  public boolean isValidated(PathId path, InetSocketAddress from) {
    return agent.isValidated(path, from);
  }

  @Override
  public void onAddressInUse(InetSocketAddress remote) {
    trouble = "another connection of the shared port talks to " + remote;
  }

  @Override
  public void receiveData(byte[] buffer, int offset, int length, long nowNs) {
    listener.onDatagram(buffer, offset, length, nowNs);
  }

  @Override
  public void onWritable(long nowNs) {
    if (blocked && !closed) {
      blocked = false;
      listener.onWritable(nowNs);
    }
  }

  // The end of the turn.

  private void touched() {
    loop.drainLater(drain);
  }

  private void onDeadline(long nowNs) {
    agent.onDeadline(nowNs);
    touched();
  }

  private void drain(long nowNs) {
    if (closed) {
      return;
    }
    while (agent.pollTransmit(transmit)) {
      sendCheck();
    }
    if (timer == null) {
      timer = loop.timer(this::onDeadline);
    }
    timer.set(agent.nextDeadlineNs());
    followUfrags();
    followSelectedPair();
    reportCandidates();
    reportNoPorts();
    reportEvents(nowNs);
  }

  /** Checks that name these fragments come here; during a restart there are two. */
  private void followUfrags() {
    List<String> before = ufrags;
    List<String> now = agent.localUfrags();
    if (now != before) {
      ufrags = now;
      now.stream().filter(ufrag -> !before.contains(ufrag)).forEach(ports::register);
      before.stream().filter(ufrag -> !now.contains(ufrag)).forEach(ports::unregister);
    }
  }

  /** Kept here because every datagram of the application needs it. */
  private void followSelectedPair() {
    CandidatePair pair = agent.selectedPair();
    PathId path = agent.selectedPath();
    // RFC 7675 section 5.1: without consent nothing more may be sent.
    boolean consent = agent.state() != IceTransportState.FAILED;
    if (pair == null || path == null || !consent) {
      selectedPort = null;
      selectedRemote = null;
    } else {
      selectedPort = sender(path);
      selectedRemote = pair.remote().address();
    }
  }

  /** A check that does not fit into the port's queue is lost as on the network: it is repeated. */
  private void sendCheck() {
    PathId path = transmit.path;
    InetSocketAddress to = transmit.to;
    if (path != null && to != null) {
      sender(path).send(transmit.buffer, 0, transmit.length, to);
    }
  }

  private DatagramSender sender(PathId path) {
    DatagramSender relay = servers.relay(path);
    return relay == null ? ports.port(path) : relay;
  }

  private void reportCandidates() {
    List<IceCandidate> reported = List.copyOf(unreported);
    unreported.clear();
    for (int i = 0; i < reported.size() && !closed; i++) {
      listener.onCandidate(reported.get(i));
    }
    List<CandidateError> errors = List.copyOf(unreportedErrors);
    unreportedErrors.clear();
    for (int i = 0; i < errors.size() && !closed; i++) {
      listener.onCandidateError(errors.get(i));
    }
    if (gatheringDone && !gatheringReported && !closed) {
      gatheringReported = true;
      listener.onGatheringComplete();
    }
  }

  private void reportEvents(long nowNs) {
    // The listener may close the transport in any of its methods; no event comes after that.
    for (IceEvent event = next(); event != null; event = next()) {
      if (event instanceof IceEvent.StateChanged change) {
        boolean failed = change.state() == IceTransportState.FAILED && !trouble.isEmpty();
        String reason = failed ? change.reason() + "; " + trouble : change.reason();
        listener.onState(change.state(), reason);
      } else if (event instanceof IceEvent.PairSelected selected) {
        listener.onSelectedPair(selected.pair());
        // The new path may have room where the old one had none.
        onWritable(nowNs);
      }
    }
  }

  private @Nullable IceEvent next() {
    return closed || hopeless ? null : agent.pollEvent();
  }

  /**
   * Without a port no check can ever be sent or answered. The agent would wait for more candidates,
   * as RFC 8863 asks; here none can come.
   */
  private void reportNoPorts() {
    boolean none = ports.isEmpty() && !servers.hasRelayed();
    if (none && !hopeless && !closed && gatheringReported && remoteKnown) {
      hopeless = true;
      String why = lastError == null ? ports.trouble() : lastError.url() + ": " + lastError.text();
      listener.onState(IceTransportState.FAILED, "no local candidate: " + why);
    }
  }

  /** What STUN and TURN servers give. */
  private final class FromServers implements ServerGatherer.Owner {

    @Override
    public void onServerCandidate(IceCandidate candidate, PathId path) {
      addLocal(candidate, path, loop.nowNs());
      touched();
    }

    @Override
    public void onCandidateError(CandidateError error) {
      lastError = error;
      // W3C WebRTC section 4.8.2 knows these events while candidates are gathered.
      if (!gatheringDone) {
        unreportedErrors.add(error);
        touched();
      }
    }

    @Override
    public void onServersAnswered() {
      gatheringDone = true;
      agent.endOfLocalCandidates(loop.nowNs());
      touched();
    }

    @Override
    public void onRelayedDatagram(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from) {
      if (length > 0 && (buffer[offset] & 0xff) <= LAST_STUN_FIRST_BYTE) {
        receiveStun(buffer, offset, length, path, from, loop.nowNs());
      } else if (length > 0 && isValidated(path, from)) {
        receiveData(buffer, offset, length, loop.nowNs());
      }
    }

    @Override
    public void onWritable(long nowNs) {
      SocketIceTransport.this.onWritable(nowNs);
    }
  }
}
