package org.purertc.interop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The local end of WebDriver BiDi: commands and their results, and events.
 *
 * @see <a href="https://www.w3.org/TR/webdriver-bidi/#protocol">WebDriver BiDi, 3 Protocol</a>
 */
final class WebDriverBidi implements WebSocket.Listener, AutoCloseable {
  private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LIMIT_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder text = new StringBuilder();
  private final Map<Long, CompletableFuture<JsonNode>> results = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final BiConsumer<String, JsonNode> events;
  private final WebSocket socket;

  /** Waits until the browser listens; {@code events} gets each event's method and parameters. */
  WebDriverBidi(URI browser, BiConsumer<String, JsonNode> events) {
    this.events = events;
    socket = connect(browser);
  }

  private WebSocket connect(URI browser) {
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + START_LIMIT_NS;
    while (true) {
      try {
        return client.newWebSocketBuilder().buildAsync(browser, this).join();
      } catch (CompletionException notYet) {
        if (System.nanoTime() > end) {
          throw new AssertionError("the browser does not listen at " + browser, notYet);
        }
        LockSupport.parkNanos(RETRY_NS);
      }
    }
  }

  /** Runs one command and waits for its result. */
  synchronized JsonNode run(String method, ObjectNode parameters) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    results.put(id, result);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(command.toString(), true).join();
    try {
      return result.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError(method + " " + parameters + ": " + e.getCause(), e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      receive(message);
    }
    from.request(1);
    return null;
  }

  private void receive(String message) {
    JsonNode node;
    try {
      node = JSON.readTree(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (node.path("type").asText().equals("event")) {
      events.accept(node.get("method").asText(), node.get("params"));
      return;
    }
    CompletableFuture<JsonNode> result = results.remove(node.path("id").asLong());
    if (result == null) {
      return;
    }
    if (node.path("type").asText().equals("success")) {
      result.complete(node.get("result"));
    } else {
      result.completeExceptionally(new IllegalStateException(node.toString()));
    }
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    results.values().forEach(result -> result.completeExceptionally(error));
  }

  static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
