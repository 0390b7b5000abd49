package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MessageFormat;

/** One message in each text frame (RFC 6455). */
final class WebSocketTransport implements Transport, TextSocket.Listener {
  private final HttpClient client;
  private final TextSocket socket;
  private @Nullable Listener listener;

  WebSocketTransport(HttpClient client, URI server) {
    this.client = client;
    socket = new TextSocket(TextSocket.uri(server, "/signaling"));
  }

  @Override
  public void open(Listener to) {
    listener = to;
    socket.open(client.newWebSocketBuilder().subprotocols(MessageFormat.SUBPROTOCOL), this);
  }

  @Override
  public void send(String text) {
    var unused =
        socket
            .send(text)
            .whenComplete(
                (sent, thrown) -> {
                  if (thrown == null) {
                    listener().onSent();
                  } else {
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

  @Override
  public void onOpen() {
    listener().onOpen();
  }

  @Override
  public void onText(String text) {
    listener().onText(text);
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
