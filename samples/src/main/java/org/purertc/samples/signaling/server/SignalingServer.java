package org.purertc.samples.signaling.server;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.util.function.Consumer;
import org.purertc.samples.web.PageServer;

/**
 * A server for rooms: {@code SignalingServer.start(8080)}. docs/signaling.md says what it speaks.
 */
public final class SignalingServer implements AutoCloseable {
  private final PageServer server;
  private final SignalingRoutes rooms;

  private SignalingServer(PageServer server, SignalingRoutes rooms) {
    this.server = server;
    this.rooms = rooms;
  }

  /**
   * Starts a server for this machine.
   *
   * @param port 0 for any free one
   * @throws IOException says in one line why it could not start
   */
  public static SignalingServer start(int port) throws IOException {
    return start(port, SignalingOptions.DEFAULT);
  }

  /**
   * Starts a server.
   *
   * @param port 0 for any free one
   * @throws IOException says in one line why it could not start
   */
  public static SignalingServer start(int port, SignalingOptions options) throws IOException {
    return start(port, options, routes -> {});
  }

  /**
   * Starts a server that has pages of its own beside the rooms.
   *
   * @param port 0 for any free one
   * @throws IOException says in one line why it could not start
   */
  public static SignalingServer start(
      int port, SignalingOptions options, Consumer<RoutesConfig> pages) throws IOException {
    SignalingRoutes rooms = new SignalingRoutes(options);
    try {
      PageServer server =
          PageServer.start(
              options.host(),
              port,
              options.certificate(),
              routes -> {
                rooms.configure(routes);
                pages.accept(routes);
              });
      return new SignalingServer(server, rooms);
    } catch (IOException e) {
      rooms.close();
      throw e;
    }
  }

  public int port() {
    return server.port();
  }

  /**
   * From now on {@code /health} answers 503, so that load balancers send nobody new here;
   * everything else goes on.
   */
  public void drain() {
    rooms.drain();
  }

  /** Lets nobody new in, tells all members, and ends. */
  @Override
  public void close() {
    server.stopListening();
    rooms.close();
    server.close();
  }
}
