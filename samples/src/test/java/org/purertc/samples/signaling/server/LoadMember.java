package org.purertc.samples.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One of thousands of members, as thin as possible: all share one HTTP client. It tells how long
 * each broadcast was on its way, and acknowledges every eighth message.
 */
final class LoadMember {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ACKNOWLEDGED_EVERY = 8;

  private final HttpClient client;
  private final int port;
  private final String session;
  private final LongConsumer latencyNs;
  private final CompletableFuture<LoadMember> joined = new CompletableFuture<>();
  private CompletableFuture<?> saying = CompletableFuture.completedFuture(null);
  private @Nullable WebSocket socket;
  private long lastId;

  private LoadMember(HttpClient client, int port, int number, LongConsumer latencyNs) {
    this.client = client;
    this.port = port;
    this.latencyNs = latencyNs;
    session = String.format(java.util.Locale.ROOT, "load-member-%012d", number);
  }

  private String hello(String room) {
    return "{\"type\":\"hello\",\"version\":1,\"room\":\"%s\",\"name\":\"Load\",\"session\":\"%s\"}"
        .formatted(room, session);
  }

  static CompletableFuture<LoadMember> webSocket(
      HttpClient client, int port, String room, int number, LongConsumer latencyNs) {
    LoadMember member = new LoadMember(client, port, number, latencyNs);
    return client
        .newWebSocketBuilder()
        .subprotocols("purertc.v1")
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/signaling"), member.new Frames())
        .thenCompose(
            opened -> {
              member.socket = opened;
              return opened.sendText(member.hello(room), true);
            })
        .thenCompose(sent -> member.joined);
  }

  static CompletableFuture<LoadMember> eventStream(
      HttpClient client, int port, String room, int number, LongConsumer latencyNs) {
    LoadMember member = new LoadMember(client, port, number, latencyNs);
    return member
        .post("/sessions", member.hello(room))
        .thenCompose(
            welcomed -> {
              member.received(welcomed.substring(1, welcomed.length() - 1));
              var unused =
                  client.sendAsync(
                      member.request("/events").header("Last-Event-ID", "1").build(),
                      BodyHandlers.fromLineSubscriber(member.new Lines()));
              return member.joined;
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/signaling" + path))
        .header("Authorization", "Bearer " + session);
  }

  private CompletableFuture<String> post(String path, String body) {
    return client
        .sendAsync(
            request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
        .thenApply(answer -> answer.body());
  }

  /** Tells all others the time. */
  void broadcast(int id) {
    say("{\"type\":\"broadcast\",\"id\":" + id + ",\"data\":" + System.nanoTime() + "}");
  }

  /** One after the other, as a WebSocket wants it. */
  private synchronized void say(String text) {
    WebSocket open = socket;
    saying =
        open == null
            ? saying.thenCompose(before -> post("/messages", text))
            : saying.thenCompose(before -> open.sendText(text, true));
  }

  private void received(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      long id = message.path("id").asLong();
      if (id > 0) {
        if (id != lastId + 1) {
          throw new IllegalStateException(id + " after " + lastId);
        }
        lastId = id;
      }
      switch (message.path("type").asText()) {
        case "welcome" -> joined.complete(this);
        case "broadcast" -> latencyNs.accept(System.nanoTime() - message.path("data").asLong());
        default -> {}
      }
      if (id > 0 && id % ACKNOWLEDGED_EVERY == 0) {
        say("{\"type\":\"ack\",\"ack\":" + id + "}");
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription to) {
      to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.startsWith("data: ")) {
        received(line.substring("data: ".length()));
      }
    }

    @Override
    public void onError(Throwable thrown) {
      // The server ends.
    }

    @Override
    public void onComplete() {}
  }
}
