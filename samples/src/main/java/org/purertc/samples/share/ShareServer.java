package org.purertc.samples.share;

import io.javalin.config.RoutesConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.TooManyRequestsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.web.Assets;
import org.purertc.samples.web.PageServer;
import org.purertc.samples.web.PeerSockets;

/** The sender's server: a download page, and signalling for who knows the code. */
final class ShareServer implements AutoCloseable {
  private static final int MAX_RECEIVERS = 64;

  private final ShareCode code;
  private final FileOffer offer;
  private final PeerSockets sockets;
  private final AttemptLimit attempts = new AttemptLimit();
  private final PageServer server;

  private ShareServer(
      InetAddress host,
      int port,
      ShareCode code,
      FileOffer offer,
      Supplier<RTCPeerConnection> peers)
      throws IOException {
    this.code = code;
    this.offer = offer;
    sockets = new PeerSockets(peers, offer, MAX_RECEIVERS);
    server = PageServer.start(host, port, this::route);
  }

  static ShareServer start(
      InetAddress host,
      int port,
      ShareCode code,
      FileOffer offer,
      Supplier<RTCPeerConnection> peers)
      throws IOException {
    return new ShareServer(host, port, code, offer, peers);
  }

  private void route(RoutesConfig routes) {
    routes.get(
        "/{code}",
        ctx -> {
          check(ctx);
          Assets.send(ctx, "download.html");
        });
    routes.get(
        "/{code}/info",
        ctx -> {
          check(ctx);
          ctx.json(Map.of("name", offer.name(), "size", offer.bytes()));
        });
    routes.wsBeforeUpgrade(
        "/{code}/ws",
        ctx -> {
          check(ctx);
          sockets.checkOrigin(ctx);
          if (offer.isTaken()) {
            throw new ConflictResponse("the sender is serving another receiver");
          }
        });
    routes.ws("/{code}/ws", sockets::configure);
  }

  private void check(Context ctx) {
    String address = ctx.req().getRemoteAddr();
    long nowNs = System.nanoTime();
    if (attempts.blocks(address, nowNs)) {
      throw new TooManyRequestsResponse("Too many wrong codes: wait a minute.");
    }
    if (!code.matches(ctx.pathParam("code"))) {
      attempts.wrong(address, nowNs);
      throw new NotFoundResponse("Unknown code: the link is wrong, or its sender has finished.");
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
