package org.purertc.ice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * Sockets that the sessions of all loops share, one for each local address. One is opened by its
 * first session, on whose loop it lives, and closed when its last has left, so an address that came
 * later gets one, too.
 */
final class SharedSockets<S extends SharedSockets.Socket> {

  /** One of them, on its loop. */
  interface Socket {

    void open(Network network, InetSocketAddress local) throws IOException;

    Loop reader();

    void close();
  }

  private static final class Use<S> {
    private final S socket;
    private int users;

    Use(S socket) {
      this.socket = socket;
    }
  }

  private final Network network;
  private final Function<Loop, S> maker;
  private final Map<InetSocketAddress, Use<S>> uses = new ConcurrentHashMap<>();

  /**
   * @param maker of one that is not open yet and will live on this loop
   */
  SharedSockets(Network network, Function<Loop, S> maker) {
    this.network = network;
    this.maker = maker;
  }

  /** One session more uses the socket with this address; on the session's loop. */
  S join(Loop loop, InetSocketAddress local) throws IOException {
    try {
      return uses.compute(local, (key, open) -> used(open == null ? open(loop, key) : open)).socket;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Use<S> open(Loop loop, InetSocketAddress local) {
    S socket = maker.apply(loop);
    try {
      socket.open(network, local);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Use<>(socket);
  }

  private static <S> Use<S> used(Use<S> use) {
    use.users++;
    return use;
  }

  /** From any session's loop. */
  void leave(InetSocketAddress local) {
    uses.computeIfPresent(
        local,
        (key, same) -> {
          same.users--;
          if (same.users == 0) {
            // A socket belongs to its loop; until that comes to it, a session may use it again.
            same.socket.reader().execute(() -> closeUnused(key));
          }
          return same;
        });
  }

  private void closeUnused(InetSocketAddress local) {
    uses.computeIfPresent(
        local,
        (key, use) -> {
          if (use.users > 0) {
            return use;
          }
          use.socket.close();
          return null;
        });
  }
}
