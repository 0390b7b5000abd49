package org.purertc.samples.serve;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.inspect.OwnPeers;
import org.purertc.samples.share.StateDirectory;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.tls.SelfSignedCertificate;
import org.purertc.samples.transports.TransportsPage;
import org.purertc.samples.web.HttpsRedirect;
import org.purertc.samples.web.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code purertc serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    defaultValueProvider = SettingsFile.class,
    description = {
      "Serves rooms in which peers signal, by WebSocket, Socket.IO, Server-Sent Events, polling or"
          + " plain HTTP.",
      "docs/signaling.md describes the messages, docs/operating.md how to run a server.",
      ""
    },
    footer = {
      "",
      "Each option may come from the environment or a file as well. In the environment --max-rooms"
          + " is PURERTC_SERVE_MAX_ROOMS; the file (--config FILE, or PURERTC_SERVE_CONFIG) has"
          + " lines as \"max-rooms = 1000\" and comments after #. The command line counts"
          + " before the environment, the environment before the file. Several values of one option"
          + " are separated by spaces there; options without a value say true or false."
    })
public final class ServeCommand implements Callable<Integer> {
  /** {@link SettingsFile} asks picocli for it. */
  @SuppressWarnings("unused")
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Reads what is not on the command line or in the environment.")
  private @Nullable Path config;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "Where it listens, 0 for any free port.")
  private int port;

  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final AccessOptions access = new AccessOptions();
  @Mixin private final IceOptions ice = new IceOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();

  @Mixin private final RedisOptions redis = new RedisOptions();

  @Option(
      names = "--drain",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "After SIGTERM, how long /health says so before members are told and it ends.")
  private int drainSeconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetAddress host = network.host(NetworkOptions.loopbackAddress());
    Path state = StateDirectory.of(System.getenv(), System.getProperty("user.home"));
    SignalingOptions options =
        limits
            .in(ice.in(access.in(SignalingOptions.DEFAULT)))
            .withHost(host)
            .withRedis(redis.address())
            .withCertificate(tls.certificate(state, network.name(host)));
    try (OwnPeers peers =
            new OwnPeers(() -> network.peers(host), token -> options.admits(OwnPeers.ROOM, token));
        SignalingServer server =
            SignalingServer.start(port, options, routes -> pages(routes, peers));
        HttpsRedirect redirect = HttpsRedirect.start(host, tls.redirectPort(), server.port())) {
      // Ctrl-C and SIGTERM: members are told.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "purertc-serve-end"));
      tell(network.url(host, server.port(), options.certificate() != null), state, redirect);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static void pages(RoutesConfig routes, OwnPeers peers) {
    Pages.configure(routes);
    peers.configure(routes);
    new TransportsPage().configure(routes);
  }

  private void end(SignalingServer server) {
    server.drain();
    try {
      TimeUnit.SECONDS.sleep(drainSeconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  private void tell(String url, Path state, HttpsRedirect redirect) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("PureRTC signalling: " + url + "   (Ctrl-C ends it)");
    out.println("Pages:              " + url + "/");
    out.println(
        "Call:               " + url + "/call" + (access.asksForToken() ? "#&token=…" : ""));
    if (tls.isSelfSigned()) {
      out.println("Certificate:        " + SelfSignedCertificate.publicFile(state));
    }
    if (redirect.port() != 0) {
      out.println("From http, port:    " + redirect.port());
    }
    if (config != null) {
      out.println("Settings:           " + config);
    }
    out.flush();
  }
}
