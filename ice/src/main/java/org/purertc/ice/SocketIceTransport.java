package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.Network.DatagramSender;

/**
 * The agent on the ports of its host candidates and the relays of its servers. Whatever touches the
 * agent asks for one drain at the end of the turn, which sends what the agent wants sent, moves the
 * timer and reports events.
 */
final class SocketIceTransport implements IceTransport, HostPort.Session {

  private final IceAgent agent;
  private final HostGatherer ports;
  private final CandidateGathering gathering;
  private final RemoteCandidates remotes;
  private final Loop loop;
  private final Transmit transmit;
  private final IceListener listener;
  private final Loop.Drain drain = this::drain;
  private Loop.@Nullable LoopTimer timer;
  private Network.@Nullable Watch watch;
  private @Nullable DatagramSender selectedPort;
  private @Nullable InetSocketAddress selectedRemote;
  private volatile IceCredentials localCredentials;
  private List<String> ufrags = List.of();

  /** Why an address of the other side was refused, in words; the end may want to tell. */
  private String trouble = "";

  private boolean remoteKnown;
  private boolean remoteEnded;
  private boolean hopeless;
  private boolean blocked;
  private boolean closed;

  SocketIceTransport(
      IceAgent agent,
      HostGatherer ports,
      ServerSource servers,
      RemotePolicy remotePolicy,
      Transmit transmit,
      IceListener listener) {
    this.agent = agent;
    this.localCredentials = agent.local();
    this.ports = ports;
    gathering = new CandidateGathering(agent, ports, servers, this, this::touched);
    this.loop = servers.sockets().loop();
    this.transmit = transmit;
    this.listener = listener;
    remotes = new RemoteCandidates(remotePolicy, loop, new FromRemote());
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
      gathering.restart();
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
    if (!closed && !gathering.hasStarted()) {
      followUfrags();
      gathering.start(loop.nowNs());
      if (watch == null) {
        watch = ports.watch(this::onAddresses);
      }
    }
  }

  /** The addresses of this host have changed. */
  private void onAddresses(List<InetAddress> addresses) {
    if (!closed) {
      // What has failed begins anew with a restart, and that looks at the addresses itself.
      boolean more = state() != IceTransportState.FAILED && gathering.hasStarted();
      gathering.follow(addresses, more, loop.nowNs());
    }
  }

  @Override
  public void setRemote(IceCredentials remote, boolean lite) {
    if (!closed) {
      remotes.begin(remote);
      agent.setRemote(remote, lite, loop.nowNs());
      remoteKnown = true;
      remoteEnded = false;
      touched();
    }
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate) {
    if (!closed) {
      remotes.add(candidate);
    }
  }

  @Override
  public void endOfRemoteCandidates() {
    if (!closed) {
      remotes.end();
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
  public void onUnacknowledged() {
    if (!closed) {
      agent.onUnacknowledged(loop.nowNs());
      touched();
    }
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
    selectedPort = null;
    selectedRemote = null;
    agent.close();
    if (timer != null) {
      timer.cancel();
    }
    if (watch != null) {
      watch.close();
    }
    remotes.close();
    gathering.close();
  }

  // From the router of each port.

  @Override
  public boolean receiveStun(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    // What is not asked for may still ask: its address would be a peer-reflexive candidate.
    boolean mine =
        gathering.receive(buffer, offset, length, path, from, nowNs)
            || remotes.allows(from.getAddress())
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
  public void onConnectionLost(PathId path, InetSocketAddress remote, long nowNs) {
    agent.onConnectionLost(path, remote, nowNs);
    touched();
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
    gathering.report(listener);
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
      selectedPort = gathering.sender(path);
      selectedRemote = pair.remote().address();
    }
  }

  /** A check that does not fit into the port's queue is lost as on the network: it is repeated. */
  private void sendCheck() {
    PathId path = transmit.path;
    InetSocketAddress to = transmit.to;
    if (path != null && to != null) {
      gathering.sender(path).send(transmit.buffer, 0, transmit.length, to);
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
      } else if (event instanceof IceEvent.PathConfirmed) {
        listener.onPathConfirmed();
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
    boolean unused = remoteEnded && gathering.canOnlyConnect() && agent.statistics().isEmpty();
    boolean none = gathering.foundNothing() || unused;
    if (none && !hopeless && !closed && remoteKnown) {
      hopeless = true;
      listener.onState(IceTransportState.FAILED, "no local candidate: " + gathering.trouble());
    }
  }

  /** What the other side's description gives. */
  private final class FromRemote implements RemoteCandidates.Owner {

    @Override
    public void onRemoteCandidate(IceCandidate candidate) {
      agent.addRemote(candidate, loop.nowNs());
      touched();
    }

    @Override
    public void onRemoteRefused(String why) {
      trouble = why;
    }

    @Override
    public void onRemoteEnd() {
      agent.endOfRemoteCandidates(loop.nowNs());
      remoteEnded = true;
      touched();
    }
  }
}
