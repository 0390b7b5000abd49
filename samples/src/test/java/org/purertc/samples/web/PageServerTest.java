package org.purertc.samples.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server ends, as its clients see it. */
@Timeout(120)
class PageServerTest {
  private static final int PATIENCE_MS = 30_000;
  private static final int CALLERS = 4;

  /** More than the system keeps for a reader that does not read. */
  private static final int LONG_ANSWER = 64 << 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static PageServer start(Consumer<RoutesConfig> routes) throws IOException {
    return PageServer.start(InetAddress.getLoopbackAddress(), 0, routes);
  }

  private static Socket ask(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  /** Asks, each time by a connection of its own, until nobody listens any more. */
  private static List<Socket> askOnAndOn(int port, Semaphore asked) {
    List<Socket> sockets = new ArrayList<>();
    try {
      while (true) {
        sockets.add(ask(port));
        asked.release();
      }
    } catch (IOException e) {
      return sockets;
    }
  }

  /** An end of either kind; a read that times out is neither. */
  private static boolean ends(Socket socket) throws IOException {
    try (socket) {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void requestsUnderWayAreAnsweredAndNobodyElseIsLetIn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    PageServer server =
        start(
            routes ->
                routes.get(
                    "/",
                    context -> {
                      begun.countDown();
                      mayGoOn.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
                      context.result("the answer");
                    }));
    int port = server.port();
    try (Socket client = ask(port)) {
      assertThat(begun.await(PATIENCE_MS, TimeUnit.MILLISECONDS)).isTrue();
      server.stopListening();
      assertThatThrownBy(() -> ask(port)).isInstanceOf(ConnectException.class);
      Future<?> closed = threads.submit(server::close);
      mayGoOn.countDown();
      String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("the answer");
      closed.get();
    }
  }

  @Test
  void whoDoesNotReadItsAnswerHoldsNothingUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    PageServer server =
        start(
            routes ->
                routes.get(
                    "/",
                    context -> {
                      begun.countDown();
                      context.result(new byte[LONG_ANSWER]);
                    }));
    try (Socket client = ask(server.port())) {
      assertThat(begun.await(PATIENCE_MS, TimeUnit.MILLISECONDS)).isTrue();
      server.close();
      assertThat(ends(client)).isTrue();
    }
  }

  @Test
  void webSocketsHearThatTheServerGoesAway() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    PageServer server =
        start(routes -> routes.ws("/", socket -> socket.onConnect(it -> there.countDown())));
    CompletableFuture<Integer> code = new CompletableFuture<>();
    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + server.port() + "/"),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onClose(
                      WebSocket webSocket, int statusCode, String reason) {
                    code.complete(statusCode);
                    return null;
                  }
                })
            .get();
    assertThat(there.await(PATIENCE_MS, TimeUnit.MILLISECONDS)).isTrue();
    server.close();
    assertThat(code.get()).isEqualTo(1001);
    client.abort();
  }

  /** Without {@link PageConnector} one in four rounds leaves somebody waiting. */
  @RepeatedTest(30)
  void whoeverConnectsWhileItEndsSeesTheEnd() throws Exception {
    PageServer server = start(routes -> routes.get("/", context -> context.result("here")));
    Semaphore asked = new Semaphore(0);
    int port = server.port();
    List<Future<List<Socket>>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(threads.submit(() -> askOnAndOn(port, asked)));
    }
    asked.acquire(2 * CALLERS);
    server.close();
    for (Future<List<Socket>> each : callers) {
      for (Socket socket : each.get()) {
        assertThat(ends(socket)).isTrue();
      }
    }
  }
}
