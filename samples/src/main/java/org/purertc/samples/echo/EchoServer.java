package org.purertc.samples.echo;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.web.Assets;
import org.purertc.samples.web.PageServer;
import org.purertc.samples.web.PeerSockets;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/** The page, and an echoing peer for each visitor. */
final class EchoServer implements AutoCloseable {
  private static final int MAX_VISITORS = 64;

  private final PageServer server;
  private final Host host;

  private EchoServer(PageServer server, Host host) {
    this.server = server;
    this.host = host;
  }

  static EchoServer start(InetAddress address, int port, Supplier<RTCPeerConnection> peers)
      throws IOException {
    Host host = new Host();
    PeerSockets sockets = new PeerSockets(peers, host, MAX_VISITORS);
    PageServer server = PageServer.start(address, port, routes -> route(routes, sockets));
    return new EchoServer(server, host);
  }

  private static void route(RoutesConfig routes, PeerSockets sockets) {
    routes.get("/", ctx -> Assets.send(ctx, "echo.html"));
    routes.wsBeforeUpgrade("/ws", sockets::checkOrigin);
    routes.ws("/ws", sockets::configure);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    host.reports.shutdownNow();
  }

  /** An echo for each visitor. */
  private static final class Host implements VisitListener {
    private final ScheduledExecutorService reports =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "purertc-echo-reports");
              thread.setDaemon(true);
              return thread;
            });
    private final Map<Visit, EchoPeer> echoes = new ConcurrentHashMap<>();

    @Override
    public void onVisit(Visit visit) {
      echoes.put(visit, new EchoPeer(visit.peer(), reports));
    }

    @Override
    public void onLeft(Visit visit) {
      EchoPeer echo = echoes.remove(visit);
      if (echo != null) {
        echo.close();
      }
    }
  }
}
