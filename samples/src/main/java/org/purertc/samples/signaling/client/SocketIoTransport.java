package org.purertc.samples.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.socketio.SocketIoPacket;

/** One event of Socket.IO 5 for each message, over a WebSocket of Engine.IO 4. */
final class SocketIoTransport implements Transport, TextSocket.Listener {
  private static final String EVENT = "signaling";

  private final HttpClient client;
  private final TextSocket socket;
  private @Nullable Listener listener;

  SocketIoTransport(HttpClient client, URI server) {
    this.client = client;
    socket = new TextSocket(TextSocket.uri(server, "/socket.io/?EIO=4&transport=websocket"));
  }

  @Override
  public void open(Listener to) {
    listener = to;
    socket.open(client.newWebSocketBuilder(), this);
  }

  @Override
  public void send(String text) {
    var unused =
        sendPacket("4" + SocketIoPacket.event(EVENT, text)).thenRun(() -> listener().onSent());
  }

  private CompletableFuture<?> sendPacket(String packet) {
    return socket
        .send(packet)
        .whenComplete(
            (sent, thrown) -> {
              if (thrown != null) {
                onLost(socket.reason(thrown));
              }
            });
  }

  private Listener listener() {
    Listener to = listener;
    if (to == null) {
      throw new IllegalStateException("not open");
    }
    return to;
  }

  /** The server begins. */
  @Override
  public void onOpen() {}

  @Override
  public void onText(String packet) {
    switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
      case '0' -> {
        var unused = sendPacket("40"); // into the main namespace
      }
      case '2' -> {
        var unused = sendPacket("3");
      }
      case '4' -> message(packet.substring(1));
      default -> onLost("the server closed the connection");
    }
  }

  private void message(String text) {
    try {
      SocketIoPacket packet = SocketIoPacket.parse(text);
      switch (packet.type()) {
        case CONNECT -> listener().onOpen();
        case EVENT -> {
          JsonNode event = MessageFormat.parse(packet.data());
          if (event.path(0).asText().equals(EVENT)) {
            listener().onText(event.path(1).toString());
          }
        }
        default -> onLost("the server closed the connection");
      }
    } catch (ProtocolException e) {
      onLost("the server sent something unreadable: " + e.reason());
    }
  }

  @Override
  public void onLost(String reason) {
    listener().onLost(reason);
  }

  @Override
  public void close() {
    socket.close();
  }
}
