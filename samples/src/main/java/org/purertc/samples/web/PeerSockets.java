package org.purertc.samples.web;

import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage.Failure;

/** Gives each WebSocket a peer of its own. */
public final class PeerSockets {
  /** A description with a hundred candidates has about 10 KB. */
  static final int MAX_MESSAGE_CHARS = 256 << 10;

  private static final long PING_SECONDS = 20;

  /** For a visitor that does not read; what is beyond is dropped. */
  private static final int MAX_WAITING_FRAMES = 256;

  private final Supplier<RTCPeerConnection> peers;
  private final VisitListener listener;
  private final int maxVisits;
  private final Map<String, Visit> visits = new ConcurrentHashMap<>();

  public PeerSockets(Supplier<RTCPeerConnection> peers, VisitListener listener, int maxVisits) {
    this.peers = peers;
    this.listener = listener;
    this.maxVisits = maxVisits;
  }

  /** Wires the events of a WebSocket route. */
  public void configure(WsConfig socket) {
    socket.onConnect(this::opened);
    socket.onMessage(
        message -> {
          Visit visit = visits.get(message.sessionId());
          if (visit != null) {
            visit.receive(message.message());
          }
        });
    socket.onClose(closed -> left(closed.sessionId()));
    socket.onError(error -> left(error.sessionId()));
  }

  /**
   * Refuses a WebSocket that a page of another server opens: browsers allow that, and nobody but
   * this server's page shall talk to a server on the user's own machine. To be called before the
   * upgrade.
   */
  public void checkOrigin(Context ctx) {
    String origin = ctx.header("Origin");
    if (origin != null && !sameHost(origin, ctx.header("Host"))) {
      throw new ForbiddenResponse("this WebSocket serves the pages of this server only");
    }
    if (visits.size() >= maxVisits) {
      throw new ConflictResponse("no more than " + maxVisits + " visitors at a time");
    }
  }

  private static boolean sameHost(String origin, @org.jspecify.annotations.Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void opened(WsContext socket) {
    socket.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
    socket.session.setMaxOutgoingFrames(MAX_WAITING_FRAMES);
    try {
      Visit visit = new Visit(socket, peers.get(), listener);
      visits.put(socket.sessionId(), visit);
      listener.onVisit(visit);
    } catch (RuntimeException e) {
      socket.send(
          SignalingFormat.write(
              new Failure("the server could not make a peer: " + e.getMessage())));
      socket.closeSession();
    }
  }

  private void left(String id) {
    Visit visit = visits.remove(id);
    if (visit != null) {
      listener.onLeft(visit);
    }
  }
}
