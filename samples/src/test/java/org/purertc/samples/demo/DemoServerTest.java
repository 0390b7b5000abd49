package org.purertc.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.WebSocketSignaling;

/** The routes of the demo; no peer is made. */
class DemoServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private DemoServer server;

  @BeforeEach
  void start() throws IOException {
    server = DemoServer.start(loopback(), 0, DemoServerTest::noPeer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }

  private static RTCPeerConnection noPeer() {
    throw new IllegalStateException("out of peers");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/favicon.ico, image/svg+xml",
    "/assets/style.css, text/css",
    "/assets/demo.js, text/javascript",
    "/assets/hash-worker.js, text/javascript"
  })
  void servesThePageAndItsFiles(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(response.body()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/none.js",
        "/assets/PageServer.class",
        "/assets/..%2f..%2fweb%2fdemo.html",
        "/assets/%2e%2e/demo.html",
        "/none"
      })
  void servesNothingElse(String path) throws Exception {
    assertThat(get(path).statusCode()).isBetween(400, 404);
  }

  @Test
  void eachFileThatThePagesNameExists() throws Exception {
    Pattern named = Pattern.compile("(?:/assets/|\\./)([a-z0-9-]+\\.[a-z]+)'|/assets/([^\"]+)\"");
    Set<String> seen = new HashSet<>();
    Deque<String> unread = new ArrayDeque<>(List.of("/", "/assets/download.html"));
    while (!unread.isEmpty()) {
      String file = unread.remove();
      var answer = get(file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      Matcher names = named.matcher(answer.body());
      while (names.find()) {
        String name = "/assets/" + (names.group(1) == null ? names.group(2) : names.group(1));
        if (seen.add(name)) {
          unread.add(name);
        }
      }
    }
    assertThat(seen).contains("/assets/hash-worker.js", "/assets/zip.js");
  }

  @Test
  void nothingComesFromElsewhere() throws Exception {
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("connect-src 'self'");
    for (String file : new String[] {"/", "/assets/style.css", "/assets/demo.js"}) {
      assertThat(get(file).body()).doesNotContain("https://");
    }
  }

  @Test
  void aPortInUseIsOneLine() {
    assertThatThrownBy(() -> DemoServer.start(loopback(), server.port(), DemoServerTest::noPeer))
        .isInstanceOf(IOException.class)
        .hasMessage("port " + server.port() + " is in use: choose another one with --port");
  }

  @Test
  void aVisitorIsToldWhyThereIsNoPeer() throws Exception {
    CompletableFuture<SignalingMessage> first = new CompletableFuture<>();
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/ws");
    try (WebSocketSignaling socket =
        WebSocketSignaling.open(
            uri, java.time.Duration.ofSeconds(10), first::complete, lost -> {})) {
      assertThat(socket).isNotNull();
      assertThat(first.get(10, TimeUnit.SECONDS))
          .isEqualTo(
              new SignalingMessage.Failure("the server could not make a peer: out of peers"));
    }
  }

  @Test
  void aPageOfAnotherServerGetsNoWebSocket() {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/ws");
    assertThatThrownBy(
            () ->
                client
                    .newWebSocketBuilder()
                    .header("Origin", "http://elsewhere.example")
                    .buildAsync(uri, new java.net.http.WebSocket.Listener() {})
                    .join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
  }
}
