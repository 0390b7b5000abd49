package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** Socket.IO by requests, packet by packet. */
@Timeout(60)
class SocketIoServerTest {
  private static final String POLLING = "?EIO=4&transport=polling";
  private static final String HELLO =
      "42[\"signaling\",{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Polly\"}]";
  private static final Pattern ID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/socket.io/" + query))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String get(String id) throws Exception {
    return send(request(POLLING + "&sid=" + id)).body();
  }

  private String post(String id, String payload) throws Exception {
    return send(request(POLLING + "&sid=" + id).POST(BodyPublishers.ofString(payload))).body();
  }

  /** Asks until an answer contains {@code words}; gives back all answers. */
  private String await(String id, String words) throws Exception {
    StringBuilder all = new StringBuilder();
    while (all.indexOf(words) < 0) {
      all.append(get(id)).append('\n');
    }
    return all.toString();
  }

  private String connect() throws Exception {
    HttpResponse<String> opened = send(request(POLLING));
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.body()).startsWith("0{").contains("\"upgrades\":[\"websocket\"]");
    Matcher id = ID.matcher(opened.body());
    assertThat(id.find()).isTrue();
    assertThat(post(id.group(1), "40")).isEqualTo("ok");
    assertThat(get(id.group(1))).startsWith("40{\"sid\":");
    return id.group(1);
  }

  @Test
  void aMemberByPollingTalksWithOneByWebSocket() throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada")) {
      String polly = connect();
      post(polly, HELLO);
      assertThat(await(polly, "welcome")).contains("42[\"signaling\",{\"type\":\"welcome\"");
      assertThat(ada.next(ServerMessage.Joined.class).member().name()).isEqualTo("Polly");
      post(polly, "421[\"signaling\",{\"type\":\"chat\",\"id\":1,\"text\":\"hello\"}]");
      assertThat(ada.next(ServerMessage.Chat.class).line().text()).isEqualTo("hello");
      assertThat(await(polly, "431")).contains("431[{\"type\":\"ack\",\"ack\":1}]");
      ada.send(new ClientMessage.Chat("hello, Polly"));
      assertThat(await(polly, "hello, Polly")).contains("\"type\":\"chat\"");
      post(polly, "42[\"signaling\",{\"type\":\"leave\",\"id\":2}]");
      ada.next(ServerMessage.Left.class);
      assertThat(await(polly, "\u001e1")).endsWith("41\u001e1\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?EIO=3&transport=polling | Unsupported protocol version",
        "?transport=polling | Unsupported protocol version",
        "?EIO=4&transport=carrier-pigeon | Transport unknown",
        "?EIO=4 | Transport unknown",
        "?EIO=4&transport=polling&sid=nobody | Session ID unknown",
      })
  void whatIsNotSpokenIsRefused(String query, String reason) throws Exception {
    for (HttpRequest.Builder request :
        new HttpRequest.Builder[] {
          request(query), request(query).POST(BodyPublishers.ofString("4"))
        }) {
      HttpResponse<String> answer = send(request);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4",
        "42",
        "42[\"signaling\"",
        "451-[\"signaling\",{\"_placeholder\":true,\"num\":0}]",
        "bAQID",
        "nonsense",
        "41",
      })
  void whatIsNoEventEndsTheConnection(String payload) throws Exception {
    String id = connect();
    post(id, payload);
    assertThat(get(id)).contains("Session ID unknown");
  }

  @Test
  void aWrongMessageIsAnsweredAndEndsTheConnection() throws Exception {
    String id = connect();
    post(id, "42[\"signaling\",\"no object\"]");
    assertThat(await(id, "\u001e1")).contains("\"code\":\"malformed\"");
    assertThat(get(id)).contains("Session ID unknown");
  }

  @Test
  void otherEventsAndNamespacesDoNoHarm() throws Exception {
    String id = connect();
    post(id, "42[\"other\",1]\u001e40/admin,");
    assertThat(get(id)).isEqualTo("44/admin,{\"message\":\"Invalid namespace\"}");
    post(id, HELLO);
    assertThat(await(id, "welcome")).contains("welcome");
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    String id = connect();
    HttpResponse<String> answer =
        send(
            request(POLLING + "&sid=" + id)
                .POST(BodyPublishers.ofString("4" + "x".repeat(300_000))));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void pagesOfOtherServersAreRefused() throws Exception {
    assertThat(send(request(POLLING).header("Origin", "https://evil.example.org")).statusCode())
        .isEqualTo(403);
  }
}
