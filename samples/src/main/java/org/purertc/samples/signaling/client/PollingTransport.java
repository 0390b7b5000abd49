package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hears by asking again and again: each question says what was taken, so it comes afterwards. */
class PollingTransport extends RequestTransport {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /**
   * When it asks.
   *
   * @param pauseMs between an answer and the next question
   * @param waitSeconds how long the server may wait until it has an answer
   * @param afterSending whether it asks at once after each message of its own
   */
  record Rhythm(long pauseMs, long waitSeconds, boolean afterSending) {
    static final Rhythm LONG = new Rhythm(0, 20, false);
    static final Rhythm SHORT = new Rhythm(250, 0, false);
    static final Rhythm AFTER_SENDING = new Rhythm(2_000, 0, true);
  }

  private final Rhythm rhythm;
  private boolean asking;
  private boolean askAgain;

  /** Counts questions, so that one that was asked early is not asked once more. */
  private long turn;

  PollingTransport(HttpClient client, URI server, Rhythm rhythm) {
    super(client, server);
    this.rhythm = rhythm;
  }

  @Override
  void listen() {
    ask();
  }

  private void ask() {
    if (asking) {
      askAgain = true; // the question may have been answered before there was something
      return;
    }
    asking = true;
    askAgain = false;
    turn++;
    String wait = rhythm.waitSeconds == 0 ? "" : "&wait=" + rhythm.waitSeconds;
    var unused =
        client
            .sendAsync(
                request("/messages?lastId=" + lastId() + wait)
                    .timeout(LIMIT.plusSeconds(rhythm.waitSeconds))
                    .GET()
                    .build(),
                BodyHandlers.ofString())
            .whenComplete(this::answered);
  }

  @Override
  void onSaid() {
    if (rhythm.afterSending) {
      ask();
    }
  }

  private void answered(@Nullable HttpResponse<String> response, @Nullable Throwable thrown) {
    if (response == null) {
      lost(thrown);
    } else if (received(response.statusCode(), response.body())) {
      afterwards(this::askLater);
    }
  }

  private void askLater() {
    asking = false;
    if (askAgain || rhythm.pauseMs == 0) {
      ask();
      return;
    }
    long next = turn;
    CompletableFuture.delayedExecutor(rhythm.pauseMs, TimeUnit.MILLISECONDS)
        .execute(() -> afterwards(() -> ask(next)));
  }

  private void ask(long after) {
    if (turn == after) {
      ask();
    }
  }
}
