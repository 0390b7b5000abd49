package org.purertc.samples.signaling;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingUnavailableException.Reason;

/** The client's end of signalling over a WebSocket. */
public final class WebSocketSignaling implements AutoCloseable {
  /** A description with a hundred candidates has about 10 KB. */
  private static final int MAX_MESSAGE_CHARS = 256 << 10;

  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private WebSocketSignaling(WebSocket socket) {
    this.socket = socket;
  }

  /**
   * Opens the WebSocket, waiting at most {@code limit}.
   *
   * @param onMessage each message, in order
   * @param onClosed told once, in one line, that the other side is gone
   * @throws SignalingUnavailableException when there is no WebSocket
   */
  public static WebSocketSignaling open(
      URI uri, Duration limit, Consumer<SignalingMessage> onMessage, Consumer<String> onClosed)
      throws SignalingUnavailableException {
    return open(uri, null, limit, onMessage, onClosed);
  }

  /**
   * Opens a WebSocket as {@link #open(URI, Duration, Consumer, Consumer)} does.
   *
   * @param tls whom to trust over wss; null for whom this JVM trusts
   */
  public static WebSocketSignaling open(
      URI uri,
      @Nullable SSLContext tls,
      Duration limit,
      Consumer<SignalingMessage> onMessage,
      Consumer<String> onClosed)
      throws SignalingUnavailableException {
    HttpClient client = WebClient.builder(tls).connectTimeout(limit).build();
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(limit)
              .buildAsync(uri, new Incoming(onMessage, onClosed))
              .join();
      return new WebSocketSignaling(socket);
    } catch (CompletionException e) {
      throw unavailable(uri, e.getCause());
    } catch (IllegalArgumentException e) {
      throw new SignalingUnavailableException(Reason.UNREACHABLE, "not a usable address: " + uri);
    }
  }

  /** Sends one message after all earlier ones. */
  public synchronized void send(SignalingMessage message) {
    String line = SignalingFormat.write(message);
    sent = sent.exceptionally(lost -> null).thenCompose(done -> socket.sendText(line, true));
  }

  @Override
  public void close() {
    CompletableFuture<?> last;
    synchronized (this) {
      last = sent;
    }
    var unused =
        last.handle((done, lost) -> true)
            .thenCompose(done -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
            .orTimeout(1, java.util.concurrent.TimeUnit.SECONDS)
            .whenComplete((done, lost) -> socket.abort());
  }

  private static SignalingUnavailableException unavailable(URI uri, @Nullable Throwable cause) {
    if (cause instanceof WebSocketHandshakeException it) {
      return refused(it.getResponse().statusCode());
    }
    String where = uri.getHost() + ":" + (uri.getPort() < 0 ? 80 : uri.getPort());
    String message = cause instanceof IOException ? cause.getMessage() : String.valueOf(cause);
    return new SignalingUnavailableException(
        Reason.UNREACHABLE,
        cause instanceof ConnectException
            ? "nobody answers at " + where + ": is the sender still running?"
            : "cannot reach " + where + (message == null ? "" : ": " + message));
  }

  private static SignalingUnavailableException refused(int status) {
    return switch (status) {
      case 404 ->
          new SignalingUnavailableException(
              Reason.UNKNOWN_ADDRESS,
              "the sender there does not know this link: it is wrong, or its transfer is done");
      case 409 ->
          new SignalingUnavailableException(
              Reason.REFUSED, "the sender has too many visitors: try again later");
      case 429 ->
          new SignalingUnavailableException(
              Reason.REFUSED, "too many wrong links from this address: wait a minute");
      default ->
          new SignalingUnavailableException(
              Reason.REFUSED, "the server answered HTTP " + status + ": it is no PureRTC sender");
    };
  }

  /** Puts fragments together and hands on whole messages. */
  private static final class Incoming implements WebSocket.Listener {
    private final Consumer<SignalingMessage> onMessage;
    private final Consumer<String> onClosed;
    private final StringBuilder text = new StringBuilder();

    Incoming(Consumer<SignalingMessage> onMessage, Consumer<String> onClosed) {
      this.onMessage = onMessage;
      this.onClosed = onClosed;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > MAX_MESSAGE_CHARS) {
        socket.abort();
        onClosed.accept("it sent more than " + MAX_MESSAGE_CHARS + " characters at once");
        return null;
      }
      if (last) {
        String line = text.toString();
        text.setLength(0);
        deliver(line);
      }
      socket.request(1);
      return null;
    }

    private void deliver(String line) {
      try {
        onMessage.accept(SignalingFormat.read(line));
      } catch (SignalingException e) {
        onClosed.accept("it is no PureRTC sender: " + e.getMessage());
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      onClosed.accept("it closed the connection" + (reason.isEmpty() ? "" : ": " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      onClosed.accept("the connection to it was lost");
    }
  }
}
