package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A WebSocket of whole texts, which leave one after the other. */
final class TextSocket {
  /** What a server adds to the longest message of a client is little. */
  private static final int MAX_MESSAGE_CHARS = 4 << 20;

  /** Hears what happens, on any thread, in order. */
  interface Listener {
    void onOpen();

    void onText(String text);

    void onLost(String reason);
  }

  private final URI uri;
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private CompletableFuture<WebSocket> sent = socket;

  TextSocket(URI uri) {
    this.uri = uri;
  }

  /** Where a server of http has its WebSockets. */
  static URI uri(URI server, String path) {
    return URI.create("ws" + server.toString().substring("http".length()) + path);
  }

  void open(WebSocket.Builder builder, Listener to) {
    var unused =
        builder
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

  /** Sends a text after those before it; the result says that it has left, or why not. */
  synchronized CompletableFuture<?> send(String text) {
    sent = sent.thenCompose(it -> it.sendText(text, true));
    return sent;
  }

  String reason(Throwable thrown) {
    return Reasons.of(uri, thrown);
  }

  void close() {
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
