package org.purertc.samples.serve;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomLimits;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.signaling.server.TurnSecret;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.transports.TransportsPage;
import org.purertc.samples.web.Pages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code purertc serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Serves rooms in which peers signal, by WebSocket, Socket.IO, Server-Sent Events, polling or"
          + " plain HTTP.",
      "docs/signaling.md describes the messages. Options may stand in a file, too: @FILE reads"
          + " arguments from it."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final SessionLimits STANDARD = SessionLimits.DEFAULT;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--port",
      defaultValue = "${env:PURERTC_PORT:-8080}",
      description = "HTTP port, 0 for any free one; or PURERTC_PORT.")
  private int port;

  @Option(
      names = "--token",
      defaultValue = "${env:PURERTC_TOKEN}",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "What everybody who enters a room has to show; or PURERTC_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "Pages of this origin may use the server, too (https://example.org, * for all).")
  private Set<String> allowedOrigins = new LinkedHashSet<>();

  @Option(
      names = "--ice-server",
      paramLabel = "URL[,USER,PASSWORD]",
      description = "A STUN or TURN server that members are told; may be given several times.")
  private List<String> iceServers = new ArrayList<>();

  @Option(
      names = "--turn",
      paramLabel = "URL",
      description = "A TURN server with which this one shares --turn-secret.")
  private List<String> turnUrls = new ArrayList<>();

  @Option(
      names = "--turn-secret",
      paramLabel = "SECRET",
      defaultValue = "${env:PURERTC_TURN_SECRET}",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "coturn's static-auth-secret; or PURERTC_TURN_SECRET.")
  private @Nullable String turnSecret;

  @Option(
      names = "--turn-seconds",
      defaultValue = "3600",
      description = "How long a member may use the credential that it is given.")
  private long turnSeconds;

  @Option(names = "--max-rooms", defaultValue = "1000", description = "Rooms at a time.")
  private int rooms;

  @Option(names = "--max-sessions", defaultValue = "4000", description = "Members at a time.")
  private int sessions;

  @Option(names = "--max-members", defaultValue = "64", description = "Members in a room.")
  private int members;

  @Option(
      names = "--max-message",
      defaultValue = "262144",
      paramLabel = "BYTES",
      description = "The longest message.")
  private int messageBytes;

  @Option(
      names = "--rate",
      defaultValue = "50",
      paramLabel = "MESSAGES",
      description = "Messages of one member in a second.")
  private int rate;

  @Option(
      names = "--resume",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "How long a member without a connection is waited for.")
  private int resumeSeconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetAddress host = network.host(NetworkOptions.loopbackAddress());
    try (PeerConnectionFactory factory = network.peers(host);
        SignalingServer server =
            SignalingServer.start(port, options(host), routes -> pages(routes, factory))) {
      // Ctrl-C and SIGTERM: members are told.
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "purertc-serve-end"));
      PrintWriter out = spec.commandLine().getOut();
      String url = network.url(host, server.port());
      out.println("PureRTC signalling: " + url + "   (Ctrl-C ends it)");
      out.println("Pages:              " + url + "/");
      out.println("Call:               " + url + "/call" + (token == null ? "" : "#&token=…"));
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static void pages(RoutesConfig routes, PeerConnectionFactory factory) {
    Pages.configure(routes);
    new TransportsPage(() -> factory.createPeerConnection(RTCConfiguration.DEFAULT))
        .configure(routes);
  }

  private SignalingOptions options(InetAddress host) {
    SessionLimits session =
        STANDARD
            .withMessageBytes(positive("--max-message", messageBytes))
            .withRate(
                positive("--rate", rate),
                Math.max(STANDARD.burstMessages(), 2 * Math.min(rate, 1 << 20)))
            .withMembersPerRoom(positive("--max-members", members))
            .withResumeMs(1_000 * Math.min(positive("--resume", resumeSeconds), 1_000_000));
    return SignalingOptions.DEFAULT
        .withHost(host)
        .withToken(token)
        .withAllowedOrigins(allowedOrigins)
        .withIceServers(iceServers.stream().map(this::iceServer).toList())
        .withTurn(turn())
        .withLimits(
            RoomLimits.DEFAULT
                .withRooms(positive("--max-rooms", rooms))
                .withSessions(positive("--max-sessions", sessions))
                .withSession(session));
  }

  private @Nullable TurnSecret turn() {
    String secret = turnSecret;
    if (turnUrls.isEmpty() != (secret == null)) {
      throw wrong("--turn and --turn-secret go together");
    }
    turnUrls.forEach(this::requireIceUrl);
    return secret == null ? null : new TurnSecret(turnUrls, secret, turnSeconds);
  }

  private IceServer iceServer(String text) {
    String[] parts = text.split(",", 3);
    requireIceUrl(parts[0]);
    if (parts.length == 2) {
      throw wrong("--ice-server takes URL or URL,USER,PASSWORD");
    }
    List<String> urls = List.of(parts[0]);
    return parts.length == 1
        ? new IceServer(urls, null, null)
        : new IceServer(urls, parts[1], parts[2]);
  }

  private void requireIceUrl(String url) {
    if (!url.matches("(stuns?|turns?):.+")) {
      throw wrong(url + " is no URL of a STUN or TURN server (stun:HOST, turn:HOST:PORT)");
    }
  }

  private int positive(String name, int value) {
    if (value < 1) {
      throw wrong(name + " is " + value + ", but takes 1 or more");
    }
    return value;
  }

  private ParameterException wrong(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }
}
