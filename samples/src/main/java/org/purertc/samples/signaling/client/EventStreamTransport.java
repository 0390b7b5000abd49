package org.purertc.samples.signaling.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ProtocolException;

/**
 * Hears by Server-Sent Events (HTML 9.2). Where none come through, since a proxy holds answers back
 * until their end, it asks, like long polling.
 */
final class EventStreamTransport extends PollingTransport {
  private static final String DATA = "data: ";

  /** The server begins its answer at once. */
  private static final Executor AFTER_HEAD_LIMIT =
      CompletableFuture.delayedExecutor(15, TimeUnit.SECONDS);

  private volatile boolean begun;
  private volatile boolean heldBack;
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile Flow.@Nullable Subscription subscription;

  EventStreamTransport(HttpClient client, URI server) {
    super(client, server, Rhythm.LONG);
  }

  @Override
  void listen() {
    HttpRequest request =
        request("/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", String.valueOf(lastId()))
            .build();
    var asked =
        client.sendAsync(
            request,
            head -> {
              begun = true;
              return head.statusCode() == 200
                  ? BodySubscribers.fromLineSubscriber(new Lines(), done -> "", UTF_8, null)
                  : BodyHandlers.ofString().apply(head);
            });
    exchange = asked;
    var unused = asked.whenComplete(this::ended);
    AFTER_HEAD_LIMIT.execute(() -> afterwards(this::expectBegin));
  }

  private void expectBegin() {
    if (!begun) {
      heldBack = true;
      cancel();
      super.listen();
    }
  }

  private void ended(@Nullable HttpResponse<String> response, @Nullable Throwable thrown) {
    if (heldBack) {
      return;
    }
    if (response == null) {
      lost(thrown);
    } else if (response.statusCode() != 200) {
      received(response.statusCode(), response.body());
    }
  }

  @Override
  public void close() {
    super.close();
    cancel();
  }

  private void cancel() {
    CompletableFuture<?> asked = exchange;
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    } else if (asked != null) {
      asked.cancel(true);
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
