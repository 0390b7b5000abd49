package org.purertc.ice.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceAgent;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceEvent;
import org.purertc.ice.PathId;
import org.purertc.ice.Transmit;
import org.purertc.ice.io.Loop.LoopTimer;
import org.purertc.ice.io.Network.DatagramReceiver;

/** An {@link IceAgent} on a simulated host: its sockets, its timer, and what it reported. */
public final class SimIceEnd {

  /** RFC 7983: the first byte of what is not STUN, here of DTLS application data. */
  private static final byte DATA = 23;

  private final IceAgent agent;
  private final SimLoop loop;
  private final List<SimPort> ports = new ArrayList<>();
  private final List<IceCandidate> candidates = new ArrayList<>();
  private final List<Integer> received = new ArrayList<>();
  private final List<IceEvent> events = new ArrayList<>();
  private final LoopTimer timer;
  private final Transmit transmit = new Transmit();

  SimIceEnd(IceAgent agent, SimHost host, SimLoop loop) {
    this.agent = agent;
    this.loop = loop;
    timer =
        loop.timer(
            nowNs -> {
              agent.onDeadline(nowNs);
              drain();
            });
    for (InetAddress address : host.localAddresses()) {
      open(host, address);
    }
    drain();
  }

  private void open(SimHost host, InetAddress address) {
    PathId path = new PathId(ports.size());
    try {
      ports.add(host.open(loop, new InetSocketAddress(address, 0), receiver(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InetSocketAddress bound = ports.get(path.number()).localAddress();
    // RFC 8445 section 5.1.2.1: type preference 126, local preference by order, component 1.
    long priority = (126L << 24) + ((65_535L - path.number()) << 8) + 255;
    String foundation = Integer.toString(path.number() + 1);
    var candidate = new IceCandidate(foundation, 1, priority, bound, CandidateType.HOST, null);
    candidates.add(candidate);
    agent.addLocal(candidate, path, loop.nowNs());
  }

  private DatagramReceiver receiver(PathId path) {
    return new DatagramReceiver() {
      @Override
      public void onDatagram(
          byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
        if (buffer[offset] == DATA) {
          receiveData(buffer[offset + 1], path, from);
        } else {
          agent.receive(buffer, offset, length, path, from, nowNs);
          drain();
        }
      }

      @Override
      public void onWritable(long nowNs) {
        drain();
      }
    };
  }

  /** What a STUN server at that address would tell about the first port. */
  void addServerReflexive(SimNat nat, InetSocketAddress server) {
    InetSocketAddress base = ports.get(0).localAddress();
    InetSocketAddress mapped = nat.outbound(base, server);
    // RFC 8445 section 5.1.2.1: type preference 100.
    long priority = (100L << 24) + (65_535L << 8) + 255;
    CandidateType type = CandidateType.SERVER_REFLEXIVE;
    var candidate = new IceCandidate("s1", 1, priority, mapped, type, base);
    candidates.add(candidate);
    agent.addLocal(candidate, new PathId(0), loop.nowNs());
  }

  private void receiveData(int number, PathId path, InetSocketAddress from) {
    if (agent.isValidated(path, from)) {
      received.add(number);
    }
  }

  /** Sends a datagram of the application over the selected pair; lost without one. */
  public void send(int number) {
    InetSocketAddress to = selectedRemote();
    PathId path = agent.selectedPath();
    if (to != null && path != null) {
      ports.get(path.number()).send(new byte[] {DATA, (byte) number}, 0, 2, to);
    }
  }

  /** The datagrams of the application that came from validated addresses. */
  public List<Integer> received() {
    return received;
  }

  /** Opens a port on one more address of the host, whose network has just come up. */
  public void add(SimHost host, String address) {
    try {
      open(host, InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
    drain();
  }

  /** The network of one address goes down. */
  public void remove(PathId path) {
    ports.get(path.number()).close();
    agent.removeLocal(path, loop.nowNs());
    drain();
  }

  /** Takes what the agent wants sent and reported, as its owner must after every call. */
  public void drain() {
    while (agent.pollTransmit(transmit)) {
      PathId path = transmit.path;
      InetSocketAddress to = transmit.to;
      if (path == null || to == null) {
        throw new IllegalStateException("a transmit without path or destination");
      }
      ports.get(path.number()).send(transmit.buffer, 0, transmit.length, to);
    }
    for (IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
      events.add(event);
    }
    timer.set(agent.nextDeadlineNs());
  }

  /** Closes the agent and its sockets. */
  public void close() {
    agent.close();
    drain();
    ports.forEach(SimPort::close);
  }

  public IceAgent agent() {
    return agent;
  }

  public List<IceCandidate> candidates() {
    return candidates;
  }

  /** Everything that was reported so far. */
  public List<IceEvent> events() {
    return events;
  }

  /** The address that the selected pair sends to, or null. */
  public @Nullable InetSocketAddress selectedRemote() {
    var pair = agent.selectedPair();
    return pair == null ? null : pair.remote().address();
  }

  /** The address that the selected pair sends from, or null. */
  public @Nullable InetSocketAddress selectedLocal() {
    PathId path = agent.selectedPath();
    return path == null ? null : ports.get(path.number()).localAddress();
  }
}
