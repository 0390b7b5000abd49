package org.purertc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** A port that one session opened for itself: all that comes is its own, or nobody's. */
final class OwnPort implements HostPort, Network.DatagramReceiver {

  private final Session session;
  private final PathId path;
  private final List<String> ufrags = new ArrayList<>(1);
  private Network.@Nullable DatagramPort socket;
  private long droppedDatagrams;

  OwnPort(Session session, PathId path) {
    this.session = session;
    this.path = path;
  }

  OwnPort open(Network network, Loop loop, InetSocketAddress local) throws IOException {
    socket = network.open(loop, local, this);
    return this;
  }

  /** Datagrams that belong to nobody here. */
  long droppedDatagrams() {
    return droppedDatagrams;
  }

  @Override
  public void register(String ufrag) {
    ufrags.add(ufrag);
  }

  @Override
  public void unregister(String ufrag) {
    ufrags.remove(ufrag);
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    boolean mayBeForUs =
        !StunHeader.isFirstByteOfStun(buffer, offset, length) || mayBeForUs(buffer, offset, length);
    if (!mayBeForUs || !session.receive(buffer, offset, length, path, from, nowNs)) {
      droppedDatagrams++;
    }
  }

  private boolean mayBeForUs(byte[] buffer, int offset, int length) {
    if (!StunHeader.isStun(buffer, offset, length)) {
      return false;
    }
    if (!StunHeader.isRequest(buffer, offset)) {
      return true;
    }
    String ufrag = StunHeader.requestedUfrag(buffer, offset, length);
    return ufrag != null && ufrags.contains(ufrag);
  }

  @Override
  public void onWritable(long nowNs) {
    session.onWritable(nowNs);
  }

  private Network.DatagramPort socket() {
    Network.DatagramPort opened = socket;
    if (opened == null) {
      throw new IllegalStateException("the port is not open");
    }
    return opened;
  }

  @Override
  public InetSocketAddress localAddress() {
    return socket().localAddress();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    return socket().send(buffer, offset, length, to);
  }

  @Override
  public void close() {
    socket().close();
  }
}
