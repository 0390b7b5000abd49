package org.purertc.samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a page or a module loads: scripts, styles, pictures, modules, workers. */
  private static final Pattern LOADED =
      Pattern.compile(
          "(?m)(?:src=|rel=\"[a-z]+\" href=|^(?:import|\\}).* from"
              + " |Worker\\()[\"'](\\.?/[^\"']+)[\"']");

  private final HttpClient client = HttpClient.newHttpClient();
  private PageServer server;

  @BeforeEach
  void start() throws IOException {
    server = PageServer.start(InetAddress.getLoopbackAddress(), 0, Pages::configure);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theIndexLinksThePages() throws Exception {
    assertThat(get("/").body()).contains("href=\"/call\"", "href=\"/ticker\"");
    assertThat(get("/ticker").body()).contains("<title>PureRTC ticker</title>");
    assertThat(get("/call").body()).contains("<title>PureRTC call</title>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/call", "/ticker", "/doctor", "/inspect", "/data-channels"})
  void allThatAPageLoadsIsHere(String page) throws Exception {
    Set<String> seen = new HashSet<>(List.of(page));
    Deque<String> waiting = new ArrayDeque<>(seen);
    while (!waiting.isEmpty()) {
      String path = waiting.remove();
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      Matcher loaded = LOADED.matcher(answer.body());
      while (loaded.find()) {
        String next = URI.create(path).resolve(loaded.group(1)).getPath();
        if (seen.add(next)) {
          waiting.add(next);
        }
      }
    }
    assertThat(seen).contains("/assets/style.css", "/assets/favicon.svg");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }
}
