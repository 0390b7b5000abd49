package org.purertc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** The shared ports of a factory, one of UDP and one of TCP for each local address. */
final class SharedPorts {

  private final SharedSockets<SharedPort> ports;
  private final SharedSockets<ListeningPort> listening;

  SharedPorts(Network network, UnknownDatagrams unknown) {
    listening = new SharedSockets<>(network, ListeningPort::new);
    ports = new SharedSockets<>(network, reader -> new SharedPort(this, reader, unknown));
  }

  /** A place for a session on the port with this address, on the session's loop. */
  HostPort join(Loop loop, InetSocketAddress local, HostPort.Session session, PathId path)
      throws IOException {
    return ports.join(loop, local).join(loop, session, path);
  }

  /** From any session's loop. */
  void leave(SharedPort port) {
    ports.leave(port.localAddress());
  }

  /** The TCP port with this address, where a session of this loop takes connections. */
  ListeningPort listen(Loop loop, InetSocketAddress local) throws IOException {
    return listening.join(loop, local);
  }

  /** The session takes none there any more. */
  void stopListening(InetSocketAddress local) {
    listening.leave(local);
  }
}
