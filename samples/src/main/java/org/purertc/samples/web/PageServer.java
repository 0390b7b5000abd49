package org.purertc.samples.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.tls.ServerCertificate;

/** An HTTP server with the static files of the pages and the routes of one sample. */
public final class PageServer implements AutoCloseable {
  /** Longer than two of the pings that {@link PeerSockets} sends. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  /** For requests that are under way when the server ends. */
  private static final long ANSWER_LIMIT_SECONDS = 5;

  /** Everything comes from this server: the pages work offline and nothing else gets in. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Kept here: java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private static final Logger JAVALIN = Logger.getLogger("io.javalin");

  private final Javalin server;

  private PageServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param host a name or an address; one that is none of this machine's stands for all addresses,
   *     because the machine may be reached by it from outside
   * @param port 0 for any free one
   * @throws IOException says in one line why the server could not start
   */
  public static PageServer start(InetAddress host, int port, Consumer<RoutesConfig> routes)
      throws IOException {
    return start(host, port, null, routes);
  }

  /**
   * Starts a server.
   *
   * @param host as above
   * @param port 0 for any free one
   * @param certificate null for a server without TLS
   * @throws IOException says in one line why the server could not start
   */
  public static PageServer start(
      InetAddress host,
      int port,
      @Nullable ServerCertificate certificate,
      Consumer<RoutesConfig> routes)
      throws IOException {
    JETTY.setLevel(Level.WARNING);
    // A server that cannot start is told once, by the exception below.
    JAVALIN.setLevel(Level.OFF);
    String address = listenAddress(host);
    Javalin server =
        Javalin.create(
            config -> {
              quiet(config);
              config.jetty.addConnector(
                  (jetty, http) ->
                      certificate == null
                          ? PageConnector.of(jetty, http, address, port)
                          : TlsConnector.of(jetty, http, certificate, address, port));
              config.jetty.modifyServer(jetty -> jetty.insertHandler(new GracefulHandler()));
              config.routes.before(PageServer::headers);
              config.routes.get("/assets/{file}", ctx -> Assets.send(ctx, ctx.pathParam("file")));
              config.routes.get("/favicon.ico", ctx -> Assets.send(ctx, "favicon.svg"));
              routes.accept(config.routes);
            });
    try {
      server.start(address, port);
    } catch (JavalinBindException e) {
      server.stop();
      throw new IOException("port " + port + " is in use: choose another one with --port");
    } catch (RuntimeException e) {
      server.stop();
      throw new IOException("cannot listen on " + host.getHostAddress() + ":" + port);
    }
    JAVALIN.setLevel(Level.WARNING);
    return new PageServer(server);
  }

  /** A name of a machine from outside may be none of its own addresses. */
  static String listenAddress(InetAddress host) throws IOException {
    boolean own = host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
    return own ? host.getHostAddress() : "0.0.0.0";
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.threadPool = new QueuedThreadPool(32, 4);
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setIdleTimeout(IDLE_LIMIT);
          factory.setMaxTextMessageSize(PeerSockets.MAX_MESSAGE_CHARS);
        });
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  private static void headers(Context ctx) {
    ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Cache-Control", "no-cache");
  }

  public int port() {
    return server.port();
  }

  /** Nobody new is let in from now on; whoever is there is served as before. */
  public void stopListening() {
    for (Connector each : server.jettyServer().server().getConnectors()) {
      var unused = each.shutdown(); // it has let go of the port when this returns
    }
  }

  /**
   * Ends: nobody new is let in, requests under way are answered unless that takes too long,
   * WebSockets are told that the server goes away, and then every connection ends.
   */
  @Override
  public void close() {
    stopListening();
    CompletableFuture<?>[] underWay =
        server.jettyServer().server().getContainedBeans(Graceful.class).stream()
            .filter(it -> !(it instanceof Connector))
            .map(Graceful::shutdown)
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(underWay).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Who does not take an answer in time gets none.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
