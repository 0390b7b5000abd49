package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MessageFormat;

/** One message in each text frame (RFC 6455). */
final class WebSocketTransport implements Transport {
  /** What a server adds to the longest message of a client is little. */
  private static final int MAX_MESSAGE_CHARS = 4 << 20;

  private final HttpClient client;
  private final URI uri;
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private @Nullable Listener listener;

  WebSocketTransport(HttpClient client, URI server) {
    this.client = client;
    uri = URI.create("ws" + server.toString().substring("http".length()) + "/signaling");
  }

  @Override
  public void open(Listener to) {
    listener = to;
    var unused =
        client
            .newWebSocketBuilder()
            .subprotocols(MessageFormat.SUBPROTOCOL)
            .buildAsync(uri, new Incoming(to))
            .whenComplete(
                (opened, thrown) -> {
                  if (opened == null) {
                    to.onLost(Reasons.of(uri, thrown));
                  } else {
                    socket.complete(opened);
                    to.onOpen();
                  }
                });
  }

  @Override
  public void send(String text) {
    Listener to = listener;
    var unused =
        socket
            .thenCompose(it -> it.sendText(text, true))
            .whenComplete(
                (sent, thrown) -> {
                  if (to == null) {
                    return;
                  } else if (thrown == null) {
                    to.onSent();
                  } else {
                    to.onLost(Reasons.of(uri, thrown));
                  }
                });
  }

  @Override
  public void close() {
    var unused = socket.thenAccept(WebSocket::abort);
  }

  /** Puts fragments together and hands on whole messages. */
  private static final class Incoming implements WebSocket.Listener {
    private final Listener listener;
    private final StringBuilder text = new StringBuilder();

    Incoming(Listener listener) {
      this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > MAX_MESSAGE_CHARS) {
        socket.abort();
        listener.onLost("the server sent more than " + MAX_MESSAGE_CHARS + " characters at once");
        return null;
      }
      if (last) {
        String message = text.toString();
        text.setLength(0);
        listener.onText(message);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      listener.onLost("the server closed the connection" + (reason.isEmpty() ? "" : ": " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      listener.onLost("the connection to the server was lost");
    }
  }
}
