package org.purertc.samples.signaling.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Rooms;

/** The one thread that enters the rooms, and their clock. */
final class RoomThread implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RoomThread.class.getName());
  private static final long ANSWER_LIMIT_SECONDS = 10;

  /** Something to do with the rooms. */
  interface Task<T> {
    T run(Rooms rooms, long nowNs) throws ProtocolException;
  }

  private final Rooms rooms;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "purertc-rooms");
            made.setDaemon(true);
            return made;
          });
  private long scheduledNs = Long.MAX_VALUE;

  RoomThread(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Runs {@code task} and waits for it, so that who asks too fast waits, too. */
  <T> T ask(Task<T> task) throws ProtocolException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!tell(() -> answer.complete(task.run(rooms, System.nanoTime())), answer)) {
      throw new ProtocolException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
    }
    try {
      return answer.get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
    } catch (TimeoutException e) {
      throw new ProtocolException(ErrorCode.SERVER_FULL, "the server is too busy");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProtocolException it) {
        throw it;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /** Runs {@code action} soon. */
  void tell(Runnable action) {
    var unused = tell(action::run, new CompletableFuture<>());
  }

  private interface Action {
    void run() throws ProtocolException;
  }

  private boolean tell(Action action, CompletableFuture<?> failure) {
    try {
      thread.execute(() -> run(action, failure));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void run(Action action, CompletableFuture<?> failure) {
    try {
      action.run();
    } catch (ProtocolException e) {
      failure.completeExceptionally(e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a message was not obeyed", e);
      failure.completeExceptionally(e);
    }
    schedule();
  }

  /** Runs {@code action} again and again. */
  void every(long seconds, Runnable action) {
    var unused =
        thread.scheduleAtFixedRate(
            () -> run(action::run, new CompletableFuture<>()), seconds, seconds, TimeUnit.SECONDS);
  }

  void later(long seconds, Runnable action) {
    try {
      var unused = thread.schedule(action, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      action.run();
    }
  }

  private void schedule() {
    long dueNs = rooms.nextDeadlineNs();
    if (dueNs < scheduledNs && !thread.isShutdown()) {
      scheduledNs = dueNs;
      var unused =
          thread.schedule(
              () -> {
                scheduledNs = Long.MAX_VALUE;
                run(() -> rooms.onDeadline(System.nanoTime()), new CompletableFuture<>());
              },
              dueNs - System.nanoTime(),
              TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
