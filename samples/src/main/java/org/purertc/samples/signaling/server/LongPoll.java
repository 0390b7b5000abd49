package org.purertc.samples.signaling.server;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.rooms.Connection;

/**
 * A request that waits until there is something to hear (long polling, Comet): a connection that
 * ends with what it was waiting for. All of it happens on the {@link RoomThread}.
 */
final class LongPoll implements Connection.Listener {
  /** What a request is answered with. */
  private record Answer(int status, String body) {}

  private final RoomThread thread;
  private final long deadlineNs;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private @Nullable Connection connection;
  private @Nullable ErrorCode why;
  private boolean collecting;

  LongPoll(RoomThread thread, long waitSeconds, long nowNs) {
    this.thread = thread;
    deadlineNs = nowNs + TimeUnit.SECONDS.toNanos(waitSeconds);
  }

  /** Begins to wait; {@code made} is told of nothing before. */
  void start(Connection made) {
    connection = made;
    onReady();
  }

  /** Answers a request when the time has come. */
  void answer(Context context) {
    context.future(
        () -> answer.thenAccept(it -> HttpRequests.json(context.status(it.status()), it.body())));
  }

  /** Whether it waits no more. */
  boolean isOver(long nowNs) {
    if (nowNs >= deadlineNs) {
      collect();
    }
    return answer.isDone();
  }

  @Override
  public void onReady() {
    if (!collecting) {
      collecting = true;
      // What is said in the same breath comes along.
      thread.tell(this::collectSomething);
    }
  }

  @Override
  public void onEnd(@Nullable ErrorCode reason) {
    why = reason;
    thread.tell(this::collect);
  }

  private void collectSomething() {
    collecting = false;
    List<String> messages = waiting();
    if (!messages.isEmpty()) {
      end(messages);
    }
  }

  private void collect() {
    end(waiting());
  }

  private List<String> waiting() {
    List<String> messages = new ArrayList<>();
    Connection from = connection;
    if (from != null && !answer.isDone()) {
      for (String text = from.next(); text != null; text = from.next()) {
        messages.add(text);
      }
    }
    return messages;
  }

  private void end(List<String> messages) {
    Connection from = connection;
    if (from == null || answer.isDone()) {
      return;
    }
    from.lost(System.nanoTime());
    ErrorCode code = why;
    if (code == null) {
      answer.complete(new Answer(200, HttpRequests.array(messages)));
    } else if (messages.size() == 1) {
      answer.complete(new Answer(code.httpStatus(), messages.get(0)));
    } else {
      // The last one says why it is over; the next request is told so, too.
      answer.complete(
          new Answer(200, HttpRequests.array(messages.subList(0, messages.size() - 1))));
    }
  }
}
