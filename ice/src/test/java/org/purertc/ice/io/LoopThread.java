package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A loop for tests, and the way onto its thread. */
final class LoopThread implements AutoCloseable {

  static final int PATIENCE_S = 20;

  final EventLoop loop;

  LoopThread(String name, Duration linger) {
    loop = new EventLoop(name, linger);
    loop.acquire();
  }

  LoopThread(String name) {
    this(name, Duration.ZERO);
  }

  /** Runs on the loop and waits for the result. */
  <T> T call(Callable<T> callable) {
    return call(loop, callable);
  }

  static <T> T call(EventLoop loop, Callable<T> callable) {
    var result = new CompletableFuture<T>();
    loop.execute(
        () -> {
          try {
            result.complete(callable.call());
          } catch (Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return await(result);
  }

  void run(Runnable runnable) {
    call(
        () -> {
          runnable.run();
          return 0;
        });
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  static void awaitEnd(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(thread.isAlive()).as("%s lives", thread.getName()).isFalse();
  }

  @Override
  public void close() {
    Thread thread = call(Thread::currentThread);
    loop.release();
    loop.close();
    awaitEnd(thread);
  }
}
