package org.purertc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.AcceptedConnection;
import org.purertc.ice.io.Network.DatagramSender;
import org.purertc.ice.io.Network.StreamConnection;
import org.purertc.ice.io.Network.StreamReceiver;

/**
 * One local end of TCP candidates and the connections from there, one for each remote address: to
 * the agent it sends datagrams. RFC 6544 section 3: they are framed as RFC 4571 says.
 */
final class TcpPath implements DatagramSender, ListeningPort.Session {

  /** A remote side has few addresses; it could invent more. */
  static final int MAX_CONNECTIONS = 16;

  /** How long opening one may take: others are tried at the same time. */
  static final long CONNECT_PATIENCE_NS = 10_000_000_000L;

  /** Longer than any interval of consent checks, so nobody uses the connection. */
  static final long IDLE_NS = 30_000_000_000L;

  /** A packet of a usual path and its length. */
  private static final int USUAL_BYTES = 1_502;

  /** Opens a connection from this end. */
  @FunctionalInterface
  interface Opener {
    StreamConnection connect(InetSocketAddress remote, StreamReceiver receiver) throws IOException;
  }

  private final Loop loop;
  private final PathId path;
  private final @Nullable Opener opener;
  private final HostPort.Session owner;
  private final Map<InetSocketAddress, Framed> connections = new HashMap<>(2);
  private byte[] frame = new byte[0];
  private Loop.@Nullable LoopTimer timer;
  private boolean closed;

  /**
   * @param opener null for an end that only takes connections
   */
  TcpPath(Loop loop, PathId path, @Nullable Opener opener, HostPort.Session owner) {
    this.loop = loop;
    this.path = path;
    this.opener = opener;
    this.owner = owner;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  /**
   * Sends a packet on the connection to this address. Without one a check opens it, from an active
   * end: the first packet tells the other side whose the connection is.
   */
  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    Framed connection = connections.get(to);
    if (connection == null && opener != null && !closed) {
      boolean isCheck =
          StunHeader.isStun(buffer, offset, length) && StunHeader.isRequest(buffer, offset);
      connection = isCheck ? open(opener, to) : null;
    }
    return connection == null || connection.send(buffer, offset, length);
  }

  private @Nullable Framed open(Opener from, InetSocketAddress to) {
    if (connections.size() < MAX_CONNECTIONS) {
      Framed added = new Framed(to, loop.nowNs() + CONNECT_PATIENCE_NS);
      try {
        added.connection = from.connect(to, added);
        add(added);
        return added;
      } catch (IOException e) {
        added.over = true; // told below: whoever sends expects no call back
      }
    }
    loop.execute(() -> lost(to, loop.nowNs()));
    return null;
  }

  @Override
  public StreamReceiver take(AcceptedConnection accepted, byte[] first, long nowNs) {
    InetSocketAddress from = accepted.remoteAddress();
    Framed added = new Framed(from, nowNs + IDLE_NS);
    added.connection = accepted;
    Framed before = connections.remove(from);
    if (before != null) {
      before.end(); // its end was not told: no kernel has two connections between two addresses
    }
    if (closed || connections.size() >= MAX_CONNECTIONS) {
      added.end();
    } else {
      add(added);
      added.onBytes(first, 0, first.length, nowNs);
    }
    return added;
  }

  private void add(Framed added) {
    connections.put(added.remote, added);
    followDeadlines();
  }

  private void lost(InetSocketAddress remote, long nowNs) {
    if (!closed) {
      owner.onConnectionLost(path, remote, nowNs);
      owner.onWritable(nowNs); // what waited for room there waits no more
    }
  }

  /** Deadlines move back with each packet; the timer looks when the earliest has come. */
  private void followDeadlines() {
    Loop.LoopTimer current = timer;
    if (current == null) {
      current = loop.timer(this::onDeadline);
      timer = current;
    }
    long next = Loop.NEVER;
    for (Framed each : connections.values()) {
      next = Math.min(next, each.endNs);
    }
    current.set(next);
  }

  private void onDeadline(long nowNs) {
    List<Framed> due = new ArrayList<>(1);
    for (Framed each : connections.values()) {
      if (each.endNs <= nowNs) {
        due.add(each);
      }
    }
    for (Framed each : due) {
      each.end();
      connections.remove(each.remote);
      lost(each.remote, nowNs);
    }
    if (!closed) {
      followDeadlines();
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      connections.values().forEach(Framed::end);
      connections.clear();
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  /** One connection, packet by packet. */
  private final class Framed implements StreamReceiver {
    private final InetSocketAddress remote;
    private final PacketFraming framing = new PacketFraming();
    private @Nullable StreamConnection connection;
    private long endNs;
    private boolean over;

    Framed(InetSocketAddress remote, long endNs) {
      this.remote = remote;
      this.endNs = endNs;
    }

    boolean send(byte[] buffer, int offset, int length) {
      StreamConnection open = connection;
      if (over || open == null) {
        return true;
      }
      int framedBytes = PacketFraming.HEADER_BYTES + length;
      if (frame.length < framedBytes) {
        frame = new byte[Math.max(framedBytes, USUAL_BYTES)];
      }
      return open.send(frame, 0, PacketFraming.frame(buffer, offset, length, frame));
    }

    @Override
    public void onConnected(long nowNs) {
      endNs = nowNs + IDLE_NS;
    }

    @Override
    public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
      endNs = nowNs + IDLE_NS;
      framing.receive(buffer, offset, length, (bytes, at, size) -> packet(bytes, at, size, nowNs));
    }

    private void packet(byte[] bytes, int at, int size, long nowNs) {
      int header = PacketFraming.HEADER_BYTES;
      if (!over && size > header) {
        owner.receive(bytes, at + header, size - header, path, remote, nowNs);
      }
    }

    @Override
    public void onWritable(long nowNs) {
      if (!over) {
        owner.onWritable(nowNs);
      }
    }

    @Override
    public void onClosed(String reason, long nowNs) {
      if (!over) {
        over = true;
        connections.remove(remote, this);
        followDeadlines();
        lost(remote, nowNs);
      }
    }

    void end() {
      over = true;
      StreamConnection open = connection;
      if (open != null) {
        open.close();
      }
    }
  }
}
