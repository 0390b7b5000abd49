package org.purertc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.Network.AcceptedConnection;
import org.purertc.ice.io.Network.StreamReceiver;

/**
 * One TCP port for the sessions of all loops. Whose a connection is, its first packet tells: a
 * check that names the ufrag of a session, whose loop it then moves to. Connections that have not
 * said so yet are few, from each source and in all, and get little time and memory.
 */
final class ListeningPort implements SharedSockets.Socket, Network.StreamAcceptor {

  /** When one more comes, the one leaves that has waited longest: honest ones wait a round trip. */
  static final int MAX_WAITING = 256;

  /** Many may come from behind one NAT, and at the same time. */
  static final int MAX_WAITING_OF_SOURCE = 64;

  /** How long the first packet may take. */
  static final long PATIENCE_NS = 5_000_000_000L;

  /** More than any check has. */
  static final int MAX_FIRST_PACKET_BYTES = 1_280;

  private static final byte[] NOTHING = {};

  /** Whose connections come in here. */
  interface Session {

    Loop loop();

    /**
     * Called on the session's loop.
     *
     * @param first what has been read already, whole packets or not
     */
    StreamReceiver take(AcceptedConnection connection, byte[] first, long nowNs);
  }

  private final Loop reader;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private final Map<Long, Integer> waitingOfSource = new HashMap<>();
  private Network.@Nullable StreamListener socket;
  private Loop.@Nullable LoopTimer timer;
  private long refused;

  ListeningPort(Loop reader) {
    this.reader = reader;
  }

  @Override
  public void open(Network network, InetSocketAddress local) throws IOException {
    socket = network.listen(reader, local, this);
    timer = reader.timer(this::onDeadline);
  }

  /** With its name where local addresses are hidden; once it is open. */
  InetSocketAddress localAddress() {
    Network.StreamListener open = socket;
    if (open == null) {
      throw new IllegalStateException("the port is not open");
    }
    return open.localAddress();
  }

  @Override
  public Loop reader() {
    return reader;
  }

  @Override
  public void close() {
    for (Waiting each : Set.copyOf(waiting)) {
      each.refuse();
    }
    if (timer != null) {
      timer.cancel();
    }
    if (socket != null) {
      socket.close();
    }
  }

  /** Connections whose first check names this fragment are the session's. From any loop. */
  void register(String ufrag, Session session) {
    if (sessions.putIfAbsent(ufrag, session) != null) {
      throw new IllegalStateException("the ufrag " + ufrag + " has a session already");
    }
  }

  void unregister(String ufrag, Session session) {
    sessions.remove(ufrag, session);
  }

  /** Connections that were closed as they belong to nobody. */
  long refused() {
    return refused;
  }

  int waiting() {
    return waiting.size();
  }

  @Override
  public void onAccepted(AcceptedConnection connection, long nowNs) {
    long source = SourceLimit.key(connection.remoteAddress().getAddress());
    if (waitingOfSource.getOrDefault(source, 0) >= MAX_WAITING_OF_SOURCE) {
      refused++;
      connection.close();
      return;
    }
    if (waiting.size() == MAX_WAITING) {
      waiting.iterator().next().refuse();
    }
    Waiting added = new Waiting(connection, source, nowNs + PATIENCE_NS);
    waiting.add(added);
    waitingOfSource.merge(source, 1, Integer::sum);
    followOldest();
    connection.handTo(reader, added::take);
  }

  private void onDeadline(long nowNs) {
    while (!waiting.isEmpty() && waiting.iterator().next().endNs <= nowNs) {
      waiting.iterator().next().refuse();
    }
    followOldest();
  }

  private void followOldest() {
    Loop.LoopTimer current = timer;
    if (current != null) {
      current.set(waiting.isEmpty() ? Loop.NEVER : waiting.iterator().next().endNs);
    }
  }

  /** A connection that has not told yet whose it is. */
  private final class Waiting implements StreamReceiver {
    private final long source;
    private final long endNs;
    private AcceptedConnection connection;
    private byte[] kept = NOTHING;
    private boolean over;

    Waiting(AcceptedConnection connection, long source, long endNs) {
      this.connection = connection;
      this.source = source;
      this.endNs = endNs;
    }

    StreamReceiver take(AcceptedConnection taken, long nowNs) {
      connection = taken;
      if (over) {
        taken.close();
      }
      return this;
    }

    @Override
    public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
      if (over) {
        return;
      }
      byte[] all = Arrays.copyOf(kept, kept.length + length);
      System.arraycopy(buffer, offset, all, kept.length, length);
      kept = all;
      if (!mayBecomeCheck()) {
        refuse();
      } else if (all.length >= PacketFraming.HEADER_BYTES && all.length >= firstFrameBytes()) {
        route();
      }
    }

    private int firstFrameBytes() {
      return PacketFraming.HEADER_BYTES + PacketFraming.packetBytes(kept, 0);
    }

    private boolean mayBecomeCheck() {
      int header = PacketFraming.HEADER_BYTES;
      return kept.length < header
          || firstFrameBytes() <= header + MAX_FIRST_PACKET_BYTES
              && (kept.length == header
                  || StunHeader.isFirstByteOfStun(kept, header, kept.length - header));
    }

    private void route() {
      int length = PacketFraming.packetBytes(kept, 0);
      int at = PacketFraming.HEADER_BYTES;
      boolean asks = StunHeader.isStun(kept, at, length) && StunHeader.isRequest(kept, at);
      String ufrag = asks ? StunHeader.requestedUfrag(kept, at, length) : null;
      Session session = ufrag == null ? null : sessions.get(ufrag);
      if (session == null) {
        refuse();
        return;
      }
      leave();
      byte[] first = kept;
      connection.handTo(session.loop(), (taken, nowNs) -> session.take(taken, first, nowNs));
    }

    private void refuse() {
      refused++;
      leave();
      connection.close();
    }

    private void leave() {
      over = true;
      waiting.remove(this);
      waitingOfSource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
      followOldest();
    }

    @Override
    public void onConnected(long nowNs) {}

    @Override
    public void onWritable(long nowNs) {}

    @Override
    public void onClosed(String reason, long nowNs) {
      if (!over) {
        leave();
      }
    }
  }
}
