package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.protocol.Schema;

/** What comes over HTTP, as strangers see it. */
@Timeout(60)
class SignalingServerTest {
  private static final String SECRET = "0123456789-abcdefgh_AB";
  private static final String HELLO =
      "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Ada\",\"session\":\""
          + SECRET
          + "\"}";
  private static final String ALLOWED = "https://allowed.example.org";

  private final HttpClient client = HttpClient.newHttpClient();
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0, SignalingOptions.DEFAULT.withAllowedOrigins(Set.of(ALLOWED)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        request("/signaling" + path)
            .header("Authorization", "Bearer " + SECRET)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request("/signaling" + path).header("Authorization", "Bearer " + SECRET));
  }

  private CompletableFuture<HttpResponse<String>> getSoon(String path) {
    return client.sendAsync(
        request("/signaling" + path).header("Authorization", "Bearer " + SECRET).build(),
        BodyHandlers.ofString());
  }

  @Test
  void aSessionByRequestsAlone() throws Exception {
    HttpResponse<String> joined = post("/sessions", HELLO);
    assertThat(joined.statusCode()).isEqualTo(201);
    assertThat(joined.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/json"));
    assertThat(joined.headers().firstValue("Cache-Control")).contains("no-store");
    HttpResponse<String> said =
        post(
            "/messages",
            "[{\"type\":\"chat\",\"id\":1,\"text\":\"one\"},{\"type\":\"chat\",\"id\":2,\"text\":\"two\"}]");
    assertThat(said.body().strip()).isEqualTo("{\"type\":\"ack\",\"ack\":2}");
    assertThat(get("/messages?lastId=1").body()).contains("\"one\"", "\"two\"");
    assertThat(get("/messages?lastId=3").body().strip()).isEqualTo("[]");
    HttpResponse<String> left =
        send(request("/signaling/sessions").header("Authorization", "Bearer " + SECRET).DELETE());
    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(get("/messages").statusCode()).isEqualTo(404);
  }

  @Test
  void everyAnswerKeepsToTheSchema() throws Exception {
    Stream<String> answers =
        Stream.of(
            post("/sessions", HELLO).body(),
            post("/messages", "{\"type\":\"chat\",\"id\":1,\"text\":\"one\"}").body(),
            post("/messages", "{\"type\":\"chat\",\"id\":9,\"text\":\"nine\"}").body(),
            post("/messages", "nonsense").body(),
            get("/messages?lastId=0").body());
    assertThat(answers)
        .flatMap(
            it ->
                it.startsWith("[")
                    ? List.of(it.strip().replaceAll("^\\[|\\]$", "").split(",\n"))
                    : List.of(it))
        .allSatisfy(it -> assertThat(Schema.SERVER.complaints(it)).as(it).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/sessions | nonsense | 400",
        "/sessions | {\"type\":\"hello\",\"version\":2} | 400",
        "/sessions | {\"type\":\"chat\",\"id\":1,\"text\":\"x\"} | 400",
        "/messages | {\"type\":\"chat\",\"id\":1,\"text\":\"x\"} | 404",
      })
  void whatCannotBeObeyedHasAStatusAndAReason(String path, String body, int status)
      throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Schema.SERVER.complaints(answer.body())).isEmpty();
  }

  @Test
  void aMessageThatIsLeftOutIsAConflict() throws Exception {
    post("/sessions", HELLO);
    HttpResponse<String> answer = post("/messages", "{\"type\":\"chat\",\"id\":2,\"text\":\"x\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("out-of-order");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> answer = post("/sessions", " ".repeat(300_000));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("too-large");
  }

  @Test
  void aQuestionThatMayWaitIsAnsweredWhenThereIsSomething() throws Exception {
    post("/sessions", HELLO);
    var waiting = getSoon("/messages?lastId=1&wait=30");
    post("/messages", "{\"type\":\"chat\",\"id\":1,\"text\":\"at last\"}");
    HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[{").contains("\"at last\"");
    assertThat(get("/messages?lastId=1&wait=30").body()).contains("\"at last\"");
  }

  @Test
  void aQuestionThatMayWaitIsAnsweredInTheEnd() throws Exception {
    post("/sessions", HELLO);
    assertThat(get("/messages?lastId=1&wait=1").body().strip()).isEqualTo("[]");
  }

  @Test
  void theLaterOfTwoQuestionsThatWaitStays() throws Exception {
    post("/sessions", HELLO);
    var first = getSoon("/messages?lastId=1&wait=30");
    var second = getSoon("/messages?lastId=1&wait=30");
    HttpResponse<?> replaced =
        (HttpResponse<?>) CompletableFuture.anyOf(first, second).get(20, TimeUnit.SECONDS);
    assertThat(replaced.statusCode()).isEqualTo(409);
    assertThat(replaced.body().toString()).contains("replaced");
    post("/messages", "{\"type\":\"chat\",\"id\":1,\"text\":\"for one\"}");
    CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);
    assertThat(List.of(first.join().body(), second.join().body()))
        .filteredOn(it -> it.contains("for one"))
        .hasSize(1);
  }

  @Test
  void whoWaitsHearsThatTheSessionEnds() throws Exception {
    post("/sessions", HELLO);
    var waiting = getSoon("/messages?lastId=1&wait=30");
    send(request("/signaling/sessions").header("Authorization", "Bearer " + SECRET).DELETE());
    assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 404);
    assertThat(get("/messages?lastId=1&wait=30").statusCode()).isEqualTo(404);
    post("/sessions", HELLO);
    var first = getSoon("/messages?lastId=1&wait=30");
    var second = getSoon("/messages?lastId=1&wait=30");
    // The later replaces the earlier, so it waits at the server.
    CompletableFuture.anyOf(first, second).get(20, TimeUnit.SECONDS);
    var last = first.isDone() ? second : first;
    server.close();
    assertThat(last.thenApply(HttpResponse::statusCode))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-", "9999999999999999999", "1.5"})
  void aLastIdIsANumber(String lastId) throws Exception {
    post("/sessions", HELLO);
    assertThat(get("/messages?lastId=" + lastId).statusCode()).isEqualTo(400);
    assertThat(get("/events?lastId=" + lastId).statusCode()).isEqualTo(400);
    assertThat(get("/messages?wait=" + lastId).statusCode()).isEqualTo(400);
  }

  @Test
  void whatWasNeverSaidCannotBeResumedFrom() throws Exception {
    post("/sessions", HELLO);
    assertThat(get("/messages?lastId=7").statusCode()).isEqualTo(404);
    assertThat(get("/events?lastId=7").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesOfOtherServersAreRefusedUnlessNamed() throws Exception {
    HttpRequest.Builder hello = request("/signaling/sessions").POST(BodyPublishers.ofString(HELLO));
    assertThat(send(hello.copy().header("Origin", "https://evil.example.org")).statusCode())
        .isEqualTo(403);
    assertThat(send(hello.copy().header("Origin", "null")).statusCode()).isEqualTo(403);
    HttpResponse<String> allowed = send(hello.copy().header("Origin", ALLOWED));
    assertThat(allowed.statusCode()).isEqualTo(201);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(ALLOWED);
    String own = "http://127.0.0.1:" + server.port();
    assertThat(send(hello.copy().header("Origin", own)).statusCode()).isEqualTo(201);
  }

  @Test
  void aPreflightSaysWhatIsAllowed() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/signaling/messages")
                .header("Origin", ALLOWED)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValueSatisfying(it -> assertThat(it).contains("Authorization", "Last-Event-ID"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signaling.js/../../pom.xml",
        "/assets/..%2f..%2fsignaling%2fsignaling.schema.json",
        "/assets/%2e%2e/signaling.schema.json",
        "/rooms",
        "/signaling/rooms",
        "/signaling/sessions",
      })
  void thereIsNothingElseToFind(String path) throws Exception {
    assertThat(send(request(path)).statusCode()).isIn(400, 404, 405);
  }

  @Test
  void healthCountsAndNamesNothing() throws Exception {
    post("/sessions", HELLO);
    assertThat(send(request("/health")).body().strip())
        .isEqualTo("{\"status\":\"ok\",\"rooms\":1,\"members\":1}");
  }

  @Test
  void theSchemaAndTheScriptAreServed() throws Exception {
    assertThat(send(request("/signaling.schema.json")).body()).contains("urn:purertc:signaling:1");
    HttpResponse<String> script = send(request("/signaling.js"));
    assertThat(script.body()).contains("export class SignalingChannel");
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("text/javascript"));
  }

  /** The commands of docs/signaling.md, by a client that nobody here wrote. */
  @Test
  void curlSpeaksPlainHttp() throws Exception {
    String url = "http://127.0.0.1:" + server.port() + "/signaling";
    String bearer = "Authorization: Bearer " + SECRET;
    assertThat(curl("-s", url + "/sessions", "-d", HELLO)).contains("\"type\":\"welcome\"");
    String chat = "{\"type\":\"chat\",\"id\":1,\"text\":\"hello\"}";
    assertThat(curl("-s", url + "/messages", "-H", bearer, "-d", chat)).contains("\"ack\":1");
    assertThat(curl("-s", url + "/messages?lastId=1", "-H", bearer)).contains("\"hello\"");
    assertThat(curl("-s", url + "/messages?lastId=1&wait=20", "-H", bearer)).contains("\"hello\"");
  }

  @Test
  void curlSpeaksServerSentEvents() throws Exception {
    post("/sessions", HELLO);
    post("/messages", "{\"type\":\"chat\",\"id\":1,\"text\":\"first\"}");
    post("/messages", "{\"type\":\"chat\",\"id\":2,\"text\":\"second\"}");
    post("/messages", "{\"type\":\"leave\",\"id\":3}");
    String gone = curl("-s", events("lastId=1"));
    assertThat(gone).contains("unknown-session");

    post("/sessions", HELLO);
    post("/messages", "{\"type\":\"chat\",\"id\":1,\"text\":\"third\"}");
    // It ends after two seconds, by itself.
    String stream = curl("-sN", "-m", "2", "-H", "Last-Event-ID: 1", events("lastId=0"));
    assertThat(stream).contains("id: 2\ndata: {\"type\":\"chat\"", "\"third\"");
    assertThat(stream).doesNotContain("welcome");
  }

  private String events(String more) {
    return "http://127.0.0.1:%d/signaling/events?session=%s&%s"
        .formatted(server.port(), SECRET, more);
  }

  private static String curl(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("curl"), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
