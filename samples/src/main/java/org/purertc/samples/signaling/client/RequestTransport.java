package org.purertc.samples.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;

/** Says things with POST; how it hears is its subclass's. */
abstract class RequestTransport implements Transport {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  final HttpClient client;
  private final URI server;
  private String session = "";
  private volatile long lastId;
  private volatile @Nullable Listener listener;

  RequestTransport(HttpClient client, URI server) {
    this.client = client;
    this.server = server;
  }

  @Override
  public final void open(Listener to) {
    listener = to;
    to.onOpen();
  }

  /** Begins to hear what follows {@link #lastId}; {@link #afterwards}. */
  abstract void listen();

  /** A message has arrived at the server; {@link #afterwards}. */
  void onSaid() {}

  /** Runs it as {@link Transport.Listener#afterwards} says. */
  final void afterwards(Runnable next) {
    Listener to = listener;
    if (to != null) {
      to.afterwards(next);
    }
  }

  @Override
  public final void send(String text) {
    boolean greeting = session.isEmpty();
    if (greeting) {
      rememberSession(text);
    }
    HttpRequest request =
        request(greeting ? "/sessions" : "/messages")
            .header("Content-Type", "application/json")
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString(text))
            .build();
    var unused =
        client
            .sendAsync(request, BodyHandlers.ofString())
            .whenComplete((response, thrown) -> sent(greeting, response, thrown));
  }

  private void rememberSession(String hello) {
    try {
      JsonNode message = MessageFormat.parse(hello);
      session = message.path("session").asText();
      lastId = message.path("lastId").asLong();
    } catch (ProtocolException e) {
      throw new IllegalArgumentException("not the first message", e);
    }
  }

  private void sent(
      boolean greeting, @Nullable HttpResponse<String> response, @Nullable Throwable thrown) {
    if (response == null) {
      lost(Reasons.of(server, thrown));
    } else if (received(response.statusCode(), response.body())) {
      Listener to = listener;
      if (to != null) {
        to.onSent();
      }
      afterwards(greeting ? this::listen : this::onSaid);
    }
  }

  final HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/signaling" + path));
    return session.isEmpty() ? request : request.header("Authorization", "Bearer " + session);
  }

  /** Hands on what an answer holds; false when that was not what was wished for. */
  final boolean received(int status, String body) {
    try {
      JsonNode json = MessageFormat.parse(body);
      if (json.isArray()) {
        for (JsonNode message : json) {
          received(message.toString());
        }
      } else {
        received(json.toString());
      }
    } catch (ProtocolException e) {
      lost(server.getAuthority() + " answered HTTP " + status);
    }
    return status / 100 == 2;
  }

  final void received(String text) throws ProtocolException {
    lastId = Math.max(lastId, MessageFormat.id(MessageFormat.parse(text)));
    Listener to = listener;
    if (to != null) {
      to.onText(text);
    }
  }

  final void lost(String reason) {
    Listener to = listener;
    if (to != null) {
      to.onLost(reason);
    }
  }

  final void lost(@Nullable Throwable thrown) {
    lost(Reasons.of(server, thrown));
  }

  /** The last message that was heard, taken if this is asked {@link #afterwards}. */
  final long lastId() {
    return lastId;
  }

  final boolean isClosed() {
    return listener == null;
  }

  @Override
  public void close() {
    listener = null;
  }
}
