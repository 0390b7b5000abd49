package org.purertc.interop.stock;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.WebClient;

/** Sends back each message as a whole, by the WebSocket that the clients of the rooms have. */
final class EchoClient implements WebSocket.Listener {
  private static final long LIMIT_SECONDS = 240;

  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private String last = "";

  /** Talks until the connection ends; returns the last text that came. */
  static String talk(int port, String path, ExecutorService threads) throws Exception {
    EchoClient client = new EchoClient();
    try (LateFrames server = new LateFrames(port, threads)) {
      WebClient.builder(null)
          .build()
          .newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), client)
          .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      server.release();
      return client.ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
    text.append(data);
    if (!whole) {
      socket.request(1);
      return null;
    }
    last = text.toString();
    text.setLength(0);
    return goOn(socket, socket.sendText(last, true));
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean whole) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    bytes.writeBytes(part);
    if (!whole) {
      socket.request(1);
      return null;
    }
    ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    return goOn(socket, socket.sendBinary(message, true));
  }

  private static CompletionStage<?> goOn(WebSocket socket, CompletionStage<?> sent) {
    return sent.whenComplete((done, thrown) -> socket.request(1));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    ended.complete(last);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ended.complete(last);
  }
}
