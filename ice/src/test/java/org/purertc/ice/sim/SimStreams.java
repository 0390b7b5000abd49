package org.purertc.ice.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Network;

/** The stream connections of a {@link SimNetwork}: what it loses is sent again until it arrives. */
final class SimStreams {

  /** The least retransmission time-out of a usual TCP. */
  private static final long RESEND_NS = 200_000_000;

  private static final int FIRST_PORT = 20_000;
  private static final String CLOSED = "the remote side closed the connection";

  private final SimNetwork network;
  private final Map<InetSocketAddress, Listening> listening = new HashMap<>();
  private final List<SimStream> open = new ArrayList<>();
  private int nextPort = FIRST_PORT;
  private long opened;

  private record Listening(SimHost host, SimLoop loop, Network.StreamAcceptor acceptor) {}

  SimStreams(SimNetwork network) {
    this.network = network;
  }

  Network.StreamListener listen(
      SimHost host, SimLoop loop, InetSocketAddress local, Network.StreamAcceptor acceptor)
      throws IOException {
    if (listening.putIfAbsent(local, new Listening(host, loop, acceptor)) != null) {
      throw new BindException(local + " is in use");
    }
    return new Network.StreamListener() {
      @Override
      public InetSocketAddress localAddress() {
        return local;
      }

      @Override
      public void close() {
        listening.remove(local);
      }
    };
  }

  SimStream connect(
      SimHost host,
      SimLoop loop,
      InetSocketAddress from,
      InetSocketAddress to,
      Network.StreamReceiver receiver) {
    var local = new InetSocketAddress(from.getAddress(), nextPort++);
    SimStream client = new SimStream(this, host, loop, local, to);
    client.receiver(receiver);
    open.add(client);
    ask(client, to);
    return client;
  }

  private void ask(SimStream client, InetSocketAddress to) {
    client.loop().at(arrivalNs(client), () -> asked(client, to));
  }

  private void asked(SimStream client, InetSocketAddress to) {
    Listening server = listening.get(to);
    boolean reachable = server == null || server.host.nat() == null;
    if (!open.contains(client) || !reachable) {
      return;
    }
    if (isCut(client, server == null ? null : server.host)) {
      client.loop().at(client.loop().nowNs() + RESEND_NS, () -> asked(client, to));
      return;
    }
    long answeredNs = client.loop().nowNs() + network.streamDelayNs();
    if (server == null) {
      client.loop().at(answeredNs, () -> client.end("Connection refused"));
      return;
    }
    SimNat nat = client.host().nat();
    InetSocketAddress seen =
        nat == null ? client.localAddress() : nat.outbound(client.localAddress(), to);
    SimStream taken = new SimStream(this, server.host, server.loop, to, seen);
    open.add(taken);
    opened++;
    taken.peer(client);
    client.lastArrivalNs = answeredNs;
    taken.lastArrivalNs = answeredNs;
    server.acceptor.onAccepted(taken, server.loop.nowNs());
    client.loop().at(answeredNs, () -> client.connected(taken));
  }

  void carry(SimStream from, SimStream to, byte[] bytes) {
    long atNs = Math.max(arrivalNs(from), to.lastArrivalNs);
    to.lastArrivalNs = atNs;
    to.loop().at(atNs, () -> arrive(from, to, bytes));
  }

  private void arrive(SimStream from, SimStream to, byte[] bytes) {
    long nowNs = to.loop().nowNs();
    if (isCut(from, to.host()) && nowNs >= to.heldUntilNs) {
      to.heldUntilNs = nowNs + RESEND_NS;
    }
    if (nowNs < to.heldUntilNs) {
      to.lastArrivalNs = Math.max(to.lastArrivalNs, to.heldUntilNs);
      to.loop().at(to.heldUntilNs, () -> arrive(from, to, bytes));
    } else {
      to.arrive(bytes);
    }
  }

  void close(SimStream from, SimStream to) {
    to.loop().at(Math.max(arrivalNs(from), to.lastArrivalNs), () -> to.end(CLOSED));
  }

  /** Each loss costs a retransmission time-out. */
  private long arrivalNs(SimStream from) {
    long atNs = from.loop().nowNs() + network.streamDelayNs();
    while (network.losesSegment()) {
      atNs += RESEND_NS;
    }
    return atNs;
  }

  private boolean isCut(SimStream from, @Nullable SimHost to) {
    return network.isCut() || from.host().isCut() || to != null && to.isCut();
  }

  /** A box on the way forgets all connections and answers with resets. */
  void reset() {
    for (SimStream each : List.copyOf(open)) {
      each.loop().at(each.loop().nowNs(), () -> each.end("Connection reset"));
    }
  }

  void forget(SimStream stream) {
    open.remove(stream);
  }

  long opened() {
    return opened;
  }

  long tried() {
    return nextPort - FIRST_PORT;
  }

  int left() {
    return open.size() + listening.size();
  }
}
