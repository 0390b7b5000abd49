package org.purertc.samples.inspect;

import io.javalin.http.ConflictResponse;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.purertc.RTCPeerConnection;

/** Gives each WebSocket a peer behind a bad network of its own. */
final class LabSockets implements AutoCloseable {
  /** Each has a thread. */
  private static final int MAX_VISITORS = 8;

  private static final long PING_SECONDS = 20;

  private final Supplier<RTCPeerConnection> peers;
  private final Map<String, LabVisit> visits = new ConcurrentHashMap<>();

  LabSockets(Supplier<RTCPeerConnection> peers) {
    this.peers = peers;
  }

  /** Refuses a visitor too many; to be called before the upgrade. */
  void requireRoom() {
    if (visits.size() >= MAX_VISITORS) {
      throw new ConflictResponse("no more than " + MAX_VISITORS + " visitors at a time");
    }
  }

  void configure(WsConfig socket) {
    socket.onConnect(this::opened);
    socket.onMessage(
        message -> {
          LabVisit visit = visits.get(message.sessionId());
          if (visit != null) {
            visit.receive(message.message());
          }
        });
    socket.onClose(this::left);
    socket.onError(this::left);
  }

  private void opened(WsConnectContext socket) {
    socket.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
    visits.put(socket.sessionId(), new LabVisit(socket, peers.get()));
  }

  private void left(WsContext socket) {
    LabVisit visit = visits.remove(socket.sessionId());
    if (visit != null) {
      visit.close();
    }
  }

  @Override
  public void close() {
    visits.values().forEach(LabVisit::close);
  }
}
