package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** What those see who keep a server running. */
@Timeout(60)
class OperatingTest {
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void metricsCountWhatHappens() throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(server.port(), TransportKind.EVENT_STREAM, "Bob")) {
      ada.send(new ClientMessage.Chat("hello"));
      bob.next(ServerMessage.Chat.class);
      bob.send(new ClientMessage.Remove(ada.id()));
      bob.next(ServerMessage.Failure.class);
      assertThat(get("/metrics").body())
          .contains("\npurertc_members 2\n", "\npurertc_received_total 2\n")
          .contains("\npurertc_refused_total{code=\"forbidden\"} 1\n")
          .contains("\npurertc_connections{transport=\"websocket\"} 1\n")
          .contains("\npurertc_connections{transport=\"events\"} 1\n")
          .contains("# HELP purertc_rooms ");
    }
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!get("/health").body().contains("\"members\":0") && System.nanoTime() < endNs) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(get("/metrics").body())
        .contains("\npurertc_members 0\n", "\npurertc_left_total{reason=\"left\"} 2\n");
  }

  @Test
  void metricsKeepToTheTextFormat() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body()).endsWith("\n");
    assertThat(answer.body().lines())
        .allMatch(
            it ->
                it.matches("# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge))")
                    || it.matches("[a-z_]+(\\{[a-z]+=\"[a-z-]+\"\\})? -?[0-9]+(\\.[0-9E]+)?"));
  }

  @Test
  void aServerThatEndsSoonIsNotHealthyButServes() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada")) {
      server.drain();
      HttpResponse<String> answer = get("/health");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"draining\"", "\"members\":1");
      ada.send(new ClientMessage.Chat("still here"));
      assertThat(ada.next(ServerMessage.Chat.class).line().text()).isEqualTo("still here");
    }
  }

  /** RFC 7692. */
  @Test
  void aWebSocketIsCompressedIfTheClientCan() throws Exception {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "GET /signaling HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
      socket.getOutputStream().write(request.formatted(server.port()).getBytes(ISO_8859_1));
      assertThat(head(socket.getInputStream()))
          .contains("101 ", "Sec-WebSocket-Extensions: permessage-deflate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/signaling/messages?session=nobody", "/signaling/sessions"})
  void aRequestThatBreaksOffIsNoFaultOfTheServer(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
      socket.setSoTimeout(20_000);
      String request = "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 100\r\n\r\n{";
      socket.getOutputStream().write(request.formatted(path, server.port()).getBytes(ISO_8859_1));
      socket.shutdownOutput();
      assertThat(head(socket.getInputStream())).contains(" 400 ");
    }
  }

  private static String head(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as(head.toString()).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
