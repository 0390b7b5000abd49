package org.purertc.interop.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Serves the test peer's page, hands it commands, and takes its results and events. */
final class PageServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
  private final Map<Long, CompletableFuture<JsonNode>> results = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile Consumer<JsonNode> listener = event -> {};

  PageServer(String host) {
    try {
      http = HttpServer.create(new InetSocketAddress(host, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/next", this::next);
    http.createContext("/result", this::result);
    http.createContext("/event", this::event);
    http.createContext("/", PageServer::file);
    http.start();
  }

  String url() {
    InetSocketAddress address = http.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort() + "/peer.html";
  }

  /** Who gets the page's events, on threads of this server. */
  void listen(Consumer<JsonNode> consumer) {
    listener = consumer;
  }

  /** Answers a POST to a path: body in, JSON out. */
  void handle(String path, UnaryOperator<String> handler) {
    http.createContext(
        path,
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          answer(exchange, 200, "application/json", handler.apply(body));
        });
  }

  /** Runs the body of an async JavaScript function in the page. */
  CompletableFuture<JsonNode> run(String body) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    results.put(id, result);
    commands.add(JSON.createObjectNode().put("id", id).put("js", body).toString());
    return result;
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      String command = commands.poll(10, TimeUnit.SECONDS);
      answer(exchange, command == null ? 204 : 200, "application/json", command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "text/plain", "closing");
    }
  }

  private void result(HttpExchange exchange) throws IOException {
    JsonNode result = JSON.readTree(exchange.getRequestBody());
    answer(exchange, 204, "text/plain", null);
    CompletableFuture<JsonNode> future = results.remove(result.get("id").asLong());
    if (future == null) {
      return;
    }
    if (result.has("error")) {
      future.completeExceptionally(new AssertionError("page: " + result.get("error").asText()));
    } else {
      future.complete(result.get("value"));
    }
  }

  private void event(HttpExchange exchange) throws IOException {
    JsonNode event = JSON.readTree(exchange.getRequestBody());
    listener.accept(event);
    answer(exchange, 204, "text/plain", null);
  }

  private static void file(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    try (InputStream in = PageServer.class.getResourceAsStream("/browser/" + name)) {
      if (in == null) {
        answer(exchange, 404, "text/plain", "no " + name);
        return;
      }
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      answer(exchange, 200, type, new String(in.readAllBytes(), UTF_8));
    }
  }

  private static void answer(
      HttpExchange exchange, int status, @Nullable String type, @Nullable String body)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
    if (status != 204) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.stop(0);
  }
}
