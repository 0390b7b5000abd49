package org.purertc.ice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * The shared ports of a factory, one for each local address. A port is opened by its first session
 * and closed when its last has left, so an address that came later gets one, too.
 */
final class SharedPorts {

  private final Network network;
  private final UnknownDatagrams unknown;
  private final Map<InetSocketAddress, SharedPort> ports = new ConcurrentHashMap<>();

  SharedPorts(Network network, UnknownDatagrams unknown) {
    this.network = network;
    this.unknown = unknown;
  }

  /** A place for a session on the port with this address, on the session's loop. */
  HostPort join(Loop loop, InetSocketAddress local, HostPort.Session session, PathId path)
      throws IOException {
    try {
      SharedPort port =
          ports.compute(local, (key, open) -> used(open == null ? open(loop, key) : open));
      return port.join(loop, session, path);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private SharedPort open(Loop loop, InetSocketAddress local) {
    SharedPort port = new SharedPort(this, loop, unknown);
    try {
      port.open(network, local);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return port;
  }

  private static SharedPort used(SharedPort port) {
    port.users++;
    return port;
  }

  /** From any session's loop. */
  void leave(SharedPort port) {
    boolean[] unused = {false};
    ports.computeIfPresent(
        port.localAddress(),
        (local, same) -> {
          same.users--;
          unused[0] = same.users == 0;
          return same;
        });
    if (unused[0]) {
      // A socket belongs to its loop; until that comes to it, a new session may use the port again.
      port.reader().execute(() -> closeUnused(port.localAddress()));
    }
  }

  private void closeUnused(InetSocketAddress local) {
    ports.computeIfPresent(
        local,
        (key, port) -> {
          if (port.users > 0) {
            return port;
          }
          port.close();
          return null;
        });
  }
}
