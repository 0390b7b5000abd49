package org.purertc;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where what would block an event loop runs: looking up the names of servers, checking their
 * certificates. A few daemon threads for a factory, which end when idle; what cannot wait here is
 * rejected.
 */
final class ServerThreads implements Executor {
  private static final int THREADS = 4;
  private static final int MAX_WAITING = 10_000;
  private static final long IDLE_SECONDS = 2;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          ServerThreads::thread);

  ServerThreads() {
    pool.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "purertc-servers");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  void close() {
    pool.shutdownNow();
  }
}
