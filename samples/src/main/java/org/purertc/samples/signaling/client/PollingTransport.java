package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hears by asking again and again. */
final class PollingTransport extends RequestTransport {
  private static final long INTERVAL_MS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(15);

  PollingTransport(HttpClient client, URI server) {
    super(client, server);
  }

  @Override
  void listen() {
    var unused =
        client
            .sendAsync(
                request("/messages?lastId=" + lastId()).timeout(LIMIT).GET().build(),
                BodyHandlers.ofString())
            .whenComplete(this::answered);
  }

  private void answered(@Nullable HttpResponse<String> response, @Nullable Throwable thrown) {
    if (response == null) {
      lost(thrown);
    } else if (received(response.statusCode(), response.body()) && !isClosed()) {
      CompletableFuture.delayedExecutor(INTERVAL_MS, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                if (!isClosed()) {
                  listen();
                }
              });
    }
  }
}
