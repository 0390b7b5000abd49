package org.purertc.samples.inspect;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.web.PeerSockets;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/**
 * A peer for each WebSocket at {@code /peer}, and one behind a bad network for each at {@code
 * /lab}, docs/pages.md.
 */
public final class OwnPeers implements VisitListener, AutoCloseable {
  /** Of tokens for one room, those for this one let a visitor in. */
  public static final String ROOM = "peer";

  private static final int MAX_VISITORS = 32;

  /** Who may come in. */
  @FunctionalInterface
  public interface Guard {
    boolean admits(@Nullable String token);
  }

  private final Supplier<PeerConnectionFactory> factories;
  private final PeerSockets sockets;
  private final LabSockets lab;
  private final Guard guard;
  private final ScheduledExecutorService reports =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "purertc-own-peers");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Visit, ObservedPeer> peers = new ConcurrentHashMap<>();
  private @Nullable PeerConnectionFactory factory;

  /**
   * @param factories makes the factory of all peers, with the first visitor; it is closed with this
   * @param guard is asked about the token in a visitor's query
   */
  public OwnPeers(Supplier<PeerConnectionFactory> factories, Guard guard) {
    this.factories = factories;
    this.guard = guard;
    sockets = new PeerSockets(this::peer, this, MAX_VISITORS);
    lab = new LabSockets(this::peer);
  }

  private synchronized RTCPeerConnection peer() {
    PeerConnectionFactory made = factory;
    if (made == null) {
      made = factories.get();
      factory = made;
    }
    return made.createPeerConnection(RTCConfiguration.DEFAULT);
  }

  /** Adds the WebSockets. */
  public void configure(RoutesConfig routes) {
    routes.wsBeforeUpgrade("/peer", this::check);
    routes.ws("/peer", sockets::configure);
    routes.wsBeforeUpgrade(
        "/lab",
        ctx -> {
          check(ctx);
          lab.requireRoom();
        });
    routes.ws("/lab", lab::configure);
  }

  private void check(Context ctx) {
    sockets.checkOrigin(ctx);
    if (!guard.admits(ctx.queryParam("token"))) {
      throw new UnauthorizedResponse("the server's peer asks for the server's token");
    }
  }

  @Override
  public void onVisit(Visit visit) {
    peers.put(visit, new ObservedPeer(visit, reports));
  }

  @Override
  public void onState(Visit visit, RTCPeerConnectionState state) {
    ObservedPeer peer = peers.get(visit);
    if (peer != null) {
      peer.onState(state);
    }
  }

  @Override
  public void onLeft(Visit visit) {
    ObservedPeer peer = peers.remove(visit);
    if (peer != null) {
      peer.close();
    }
  }

  @Override
  public void close() {
    reports.shutdownNow();
    peers.values().forEach(ObservedPeer::close);
    lab.close();
    closeFactory();
  }

  private synchronized void closeFactory() {
    if (factory != null) {
      factory.close();
    }
  }
}
