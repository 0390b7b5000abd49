package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A session that writes down what a port gives it. */
final class RecordedSession implements HostPort.Session {

  final List<String> seen = new ArrayList<>();
  boolean takesStun = true;
  boolean validates = true;

  @Override
  public boolean receiveStun(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    seen.add("stun on " + path.number());
    return takesStun;
  }

  @Override
  public boolean isValidated(PathId path, InetSocketAddress from) {
    return validates;
  }

  @Override
  public void receiveData(byte[] buffer, int offset, int length, long nowNs) {
    seen.add("data " + length);
  }

  @Override
  public void onAddressInUse(InetSocketAddress remote) {
    seen.add("in use " + remote.getPort());
  }

  @Override
  public void onConnectionLost(PathId path, InetSocketAddress remote, long nowNs) {
    seen.add("lost " + remote.getPort());
  }

  @Override
  public void onWritable(long nowNs) {
    seen.add("writable");
  }
}
