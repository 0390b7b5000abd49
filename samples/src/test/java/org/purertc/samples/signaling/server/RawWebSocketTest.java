package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.signaling.protocol.Schema;

/** The WebSocket as strangers use it (RFC 6455). */
@Timeout(60)
class RawWebSocketTest {
  private static final String HELLO =
      "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Ada\"}";
  private static final long LIMIT_SECONDS = 20;

  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WebSocket.Builder builder() {
    return HttpClient.newHttpClient().newWebSocketBuilder();
  }

  private WebSocket open(WebSocket.Builder builder, WebSocket.Listener listener) throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/signaling");
    return builder.buildAsync(uri, listener).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private int refusal(WebSocket.Builder builder) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> open(builder, new Heard()))
        .satisfies(
            it ->
                status.complete(
                    ((WebSocketHandshakeException) it.getCause()).getResponse().statusCode()));
    return status.join();
  }

  @Test
  void theSubprotocolIsChosenAmongOthers() throws Exception {
    WebSocket socket = open(builder().subprotocols("soap", "purertc.v1"), new Heard());
    assertThat(socket.getSubprotocol()).isEqualTo("purertc.v1");
    socket.abort();
  }

  @Test
  void anotherSubprotocolIsRefused() {
    assertThat(refusal(builder().subprotocols("soap"))).isEqualTo(400);
  }

  @Test
  void aPageOfAnotherServerIsRefused() {
    assertThat(refusal(builder().header("Origin", "https://evil.example.org"))).isEqualTo(403);
  }

  @Test
  void aMessageMayComeInFragments() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(builder(), heard);
    socket.sendText(HELLO.substring(0, 10), false).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    socket.sendText(HELLO.substring(10), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    String welcome = heard.next();
    assertThat(welcome).contains("welcome");
    assertThat(Schema.SERVER.complaints(welcome)).isEmpty();
    socket.abort();
  }

  @Test
  void aPingIsAnsweredByAPong() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(builder(), heard);
    socket.sendPing(ByteBuffer.wrap(new byte[] {1})).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    heard.ponged.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    socket.abort();
  }

  @Test
  void nonsenseIsToldAndTheConnectionClosed() throws Exception {
    Heard heard = new Heard();
    open(builder(), heard).sendText("nonsense", true);
    assertThat(heard.next()).contains("malformed");
    assertThat(heard.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @Test
  void aMessageThatIsTooLongClosesTheConnection() throws Exception {
    Heard heard = new Heard();
    open(builder(), heard).sendText(" ".repeat(300_000), true);
    assertThat(heard.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1009);
  }

  @Test
  void bytesAreNoMessage() throws Exception {
    Heard heard = new Heard();
    open(builder(), heard).sendBinary(ByteBuffer.allocate(10), true);
    assertThat(heard.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1003);
  }

  @Test
  void leavingIsAnsweredByANormalClose() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(builder(), heard);
    socket.sendText(HELLO, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    socket.sendText("{\"type\":\"leave\",\"id\":1}", true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(heard.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1000);
  }

  @Test
  void aServerThatEndsSaysSo() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = open(builder(), heard);
    socket.sendText(HELLO, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(heard.next()).contains("welcome");
    server.close();
    assertThat(heard.next()).contains("shutting-down");
    assertThat(heard.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1001);
  }

  /** What a client hears. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final CompletableFuture<Void> ponged = new CompletableFuture<>();

    String next() throws InterruptedException {
      String message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      ponged.complete(null);
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
