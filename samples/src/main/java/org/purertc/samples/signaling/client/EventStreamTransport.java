package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ProtocolException;

/** Hears by Server-Sent Events (HTML 9.2). */
final class EventStreamTransport extends RequestTransport {
  private static final String DATA = "data: ";

  private volatile Flow.@Nullable Subscription subscription;

  EventStreamTransport(HttpClient client, URI server) {
    super(client, server);
  }

  @Override
  void listen() {
    HttpRequest request =
        request("/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", String.valueOf(lastId()))
            .build();
    var unused =
        client
            .sendAsync(
                request,
                head ->
                    head.statusCode() == 200
                        ? BodySubscribers.fromLineSubscriber(
                            new Lines(), done -> "", java.nio.charset.StandardCharsets.UTF_8, null)
                        : BodyHandlers.ofString().apply(head))
            .whenComplete(this::ended);
  }

  private void ended(@Nullable HttpResponse<String> response, @Nullable Throwable thrown) {
    if (response == null) {
      lost(thrown);
    } else if (response.statusCode() != 200) {
      received(response.statusCode(), response.body());
    }
  }

  @Override
  public void close() {
    super.close();
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }

  /** The server puts each message into one line. */
  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription = to;
      if (isClosed()) {
        to.cancel();
      } else {
        to.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(String line) {
      try {
        if (line.startsWith(DATA)) {
          received(line.substring(DATA.length()));
        }
      } catch (ProtocolException e) {
        lost("the server sent something unreadable: " + e.reason());
      }
    }

    @Override
    public void onError(Throwable thrown) {
      lost(thrown);
    }

    @Override
    public void onComplete() {
      lost("the server closed the connection");
    }
  }
}
