package org.purertc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * One socket for the sessions of all loops. The loop that opened it reads it and hands over what
 * belongs to sessions of other loops; each loop sends by itself.
 */
final class SharedPort implements SharedSockets.Socket, Network.DatagramReceiver {

  private final Loop reader;
  private final SharedPorts owner;
  private final UnknownDatagrams unknown;
  private final UfragRouter router = new UfragRouter();
  private final Map<Loop, LoopEnd> ends = new ConcurrentHashMap<>();
  private Network.@Nullable DatagramPort socket;

  SharedPort(SharedPorts owner, Loop reader, UnknownDatagrams unknown) {
    this.owner = owner;
    this.reader = reader;
    this.unknown = unknown;
  }

  @Override
  public void open(Network network, InetSocketAddress local) throws IOException {
    socket = network.open(reader, local, this);
  }

  @Override
  public Loop reader() {
    return reader;
  }

  UfragRouter router() {
    return router;
  }

  private Network.DatagramPort socket() {
    Network.DatagramPort opened = socket;
    if (opened == null) {
      throw new IllegalStateException("the shared port is not open");
    }
    return opened;
  }

  InetSocketAddress localAddress() {
    return socket().localAddress();
  }

  /** A place for a session of this loop, on which it is called. */
  RoutedSession join(Loop loop, HostPort.Session session, PathId path) {
    LoopEnd end = ends.computeIfAbsent(loop, LoopEnd::new);
    return new RoutedSession(end, session, path);
  }

  void leave(RoutedSession session) {
    session.end().blocked.remove(session);
    owner.leave(this);
  }

  @Override
  public void close() {
    socket().close();
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    RoutedSession to = router.find(buffer, offset, length, from);
    if (to == null) {
      var arrival = new UnknownDatagramListener.Arrival(from, socket(), reader);
      unknown.onDatagram(buffer, offset, length, arrival, nowNs);
      return;
    }
    Handover handover = to.end().handover;
    if (handover == null) {
      to.receive(buffer, offset, length, from, nowNs);
    } else {
      handover.add(to, buffer, offset, length, from);
    }
  }

  @Override
  public void onWritable(long nowNs) {
    LoopEnd own = ends.get(reader);
    if (own != null) {
      own.onWritable();
    }
  }

  /** What the sessions of one loop share: the way out, and the way in when another loop reads. */
  final class LoopEnd {
    private final Loop loop;
    private final Network.DatagramPort out;
    private final @Nullable Handover handover;
    private List<RoutedSession> blocked = new ArrayList<>(0);

    LoopEnd(Loop loop) {
      this.loop = loop;
      boolean reads = loop == reader;
      out = reads ? socket() : socket().sender(loop, this::onWritable);
      handover = reads ? null : new Handover(loop);
    }

    SharedPort port() {
      return SharedPort.this;
    }

    boolean send(RoutedSession from, byte[] buffer, int offset, int length, InetSocketAddress to) {
      boolean more = out.send(buffer, offset, length, to);
      if (!more && !blocked.contains(from)) {
        blocked.add(from);
      }
      return more;
    }

    private void onWritable() {
      List<RoutedSession> told = blocked;
      blocked = new ArrayList<>(0);
      long nowNs = loop.nowNs();
      for (RoutedSession each : told) {
        each.onWritable(nowNs);
      }
    }
  }
}
