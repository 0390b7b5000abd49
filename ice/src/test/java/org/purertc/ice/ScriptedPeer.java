package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.purertc.ice.internal.BindingRequest;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.internal.TransactionId;

/** The remote side of an agent, played by a test: it sees each message and answers by hand. */
final class ScriptedPeer {

  static final IceCredentials CREDENTIALS = new IceCredentials("peer", "peerspasswordof24letters");
  static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.1", 5000);
  static final InetSocketAddress REMOTE = new InetSocketAddress("10.0.0.2", 6000);
  static final PathId PATH = new PathId(0);
  private static final long MS = 1_000_000;

  record Sent(StunMessage message, PathId path, InetSocketAddress to, long atMs) {}

  final IceAgent agent;
  final StunCodec codec = new StunCodec();
  final List<IceEvent> events = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Transmit transmit = new Transmit();
  private final Random random = new Random(7);
  long tieBreaker = 1;
  long nowNs;

  ScriptedPeer(IceRole agentRole) {
    this(agentRole, IceConfig.DEFAULT);
  }

  ScriptedPeer(IceRole agentRole, IceConfig config) {
    agent = new IceAgent(config, agentRole, new Random(42));
  }

  /** An agent with one host candidate that knows the remote credentials and one candidate. */
  static ScriptedPeer ready(IceRole agentRole) {
    ScriptedPeer peer = new ScriptedPeer(agentRole);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.remote(REMOTE);
    return peer;
  }

  static IceCandidate host(InetSocketAddress address, int rank) {
    long priority = CandidatePriority.of(CandidateType.HOST, 65_535 - rank, 1);
    String foundation = address.getAddress().getHostAddress().replace(':', '+').replace('%', '/');
    return new IceCandidate(foundation, 1, priority, address, CandidateType.HOST, null);
  }

  void local(InetSocketAddress address, PathId path) {
    agent.addLocal(host(address, path.number()), path, nowNs);
    collect();
  }

  void credentials(boolean lite) {
    agent.setRemote(CREDENTIALS, lite, nowNs);
    collect();
  }

  void remote(InetSocketAddress address) {
    remote(address, 0);
  }

  void remote(InetSocketAddress address, int rank) {
    agent.addRemote(host(address, rank), nowNs);
    collect();
  }

  /** Lets time pass; the agent is called at each of its deadlines. */
  void advanceTo(long ms) {
    collect();
    while (agent.nextDeadlineNs() <= ms * MS) {
      nowNs = Math.max(nowNs, agent.nextDeadlineNs());
      agent.onDeadline(nowNs);
      collect();
    }
    nowNs = ms * MS;
  }

  void advanceBy(long ms) {
    advanceTo(nowNs / MS + ms);
  }

  /** The same, with each check answered at once. */
  void advanceAnswering(long ms) {
    answerAll();
    while (agent.nextDeadlineNs() <= ms * MS) {
      nowNs = Math.max(nowNs, agent.nextDeadlineNs());
      agent.onDeadline(nowNs);
      collect();
      answerAll();
    }
    nowNs = ms * MS;
  }

  private void answerAll() {
    for (List<Sent> checks = requests(); !checks.isEmpty(); checks = requests()) {
      checks.forEach(this::answer);
    }
  }

  /** What the agent sent since the last call. */
  List<Sent> sent() {
    List<Sent> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  List<Sent> requests() {
    return sent().stream().filter(s -> s.message().kind() == StunMessage.Kind.REQUEST).toList();
  }

  Sent onlyRequest() {
    List<Sent> all = requests();
    if (all.size() != 1) {
      throw new AssertionError("expected one request but got " + all.size());
    }
    return all.get(0);
  }

  StunMessage onlyMessage() {
    List<Sent> all = sent();
    if (all.size() != 1) {
      throw new AssertionError("expected one message but got " + all.size());
    }
    return all.get(0).message();
  }

  boolean answer(Sent check) {
    return answer(check, check.to(), LOCAL, CREDENTIALS.password());
  }

  boolean answer(Sent check, InetSocketAddress from, InetSocketAddress mapped, String password) {
    TransactionId id = check.message().id();
    return receive(codec.encodeSuccess(id, mapped, StunCodec.key(password)), check.path(), from);
  }

  boolean refuse(Sent check, StunError error) {
    byte[] response =
        codec.encodeError(
            check.message().id(), error, new char[0], StunCodec.key(CREDENTIALS.password()));
    return receive(response, check.path(), check.to());
  }

  /** A check in the role that the agent does not have. */
  boolean check(InetSocketAddress from, boolean useCandidate) {
    return check(from, PATH, agent.role() == IceRole.CONTROLLED, useCandidate);
  }

  boolean check(InetSocketAddress from, PathId path, boolean controlling, boolean useCandidate) {
    var request =
        new BindingRequest(
            TransactionId.random(random),
            agent.local().ufrag() + ":" + CREDENTIALS.ufrag(),
            CandidatePriority.of(CandidateType.PEER_REFLEXIVE, 65_535, 1),
            controlling,
            tieBreaker,
            useCandidate);
    return receive(codec.encode(request, StunCodec.key(agent.local().password())), path, from);
  }

  boolean receive(byte[] datagram, PathId path, InetSocketAddress from) {
    boolean taken = agent.receive(datagram, 0, datagram.length, path, from, nowNs);
    collect();
    return taken;
  }

  boolean receive(byte[] datagram) {
    return receive(datagram, PATH, REMOTE);
  }

  List<IceTransportState> states() {
    return events.stream()
        .filter(IceEvent.StateChanged.class::isInstance)
        .map(event -> ((IceEvent.StateChanged) event).state())
        .toList();
  }

  private void collect() {
    while (agent.pollTransmit(transmit)) {
      StunMessage message = codec.decode(transmit.buffer, 0, transmit.length);
      PathId path = transmit.path;
      InetSocketAddress to = transmit.to;
      if (message == null || path == null || to == null) {
        throw new AssertionError("the agent sent something that is no STUN message");
      }
      sent.add(new Sent(message, path, to, nowNs / MS));
    }
    for (IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
      events.add(event);
    }
  }
}
