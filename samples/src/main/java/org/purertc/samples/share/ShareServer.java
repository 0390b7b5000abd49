package org.purertc.samples.share;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.TooManyRequestsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.web.Assets;
import org.purertc.samples.web.PageServer;
import org.purertc.samples.web.PeerSockets;

/** The sender's server: a download page, and signalling for who knows the room. */
final class ShareServer implements AutoCloseable {
  private static final int MAX_VISITORS = 64;

  private final Room room;
  private final PeerSockets sockets;
  private final AttemptLimit attempts = new AttemptLimit();
  private final PageServer server;

  private ShareServer(
      InetAddress host, int port, Room room, ShareOffer offer, Supplier<RTCPeerConnection> peers)
      throws IOException {
    this.room = room;
    sockets = new PeerSockets(peers, offer, MAX_VISITORS);
    server = PageServer.start(host, port, this::route);
  }

  static ShareServer start(
      InetAddress host, int port, Room room, ShareOffer offer, Supplier<RTCPeerConnection> peers)
      throws IOException {
    return new ShareServer(host, port, room, offer, peers);
  }

  private void route(RoutesConfig routes) {
    routes.get(
        "/{room}",
        ctx -> {
          check(ctx);
          Assets.send(ctx, "download.html");
        });
    routes.wsBeforeUpgrade(
        "/{room}/ws",
        ctx -> {
          check(ctx);
          sockets.checkOrigin(ctx);
        });
    routes.ws("/{room}/ws", sockets::configure);
  }

  private void check(Context ctx) {
    String address = ctx.req().getRemoteAddr();
    long nowNs = System.nanoTime();
    if (attempts.blocks(address, nowNs)) {
      throw new TooManyRequestsResponse("Too many wrong links: wait a minute.");
    }
    if (!room.matches(ctx.pathParam("room"))) {
      attempts.wrong(address, nowNs);
      throw new NotFoundResponse("Unknown link: it is wrong, or its transfer is done.");
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
