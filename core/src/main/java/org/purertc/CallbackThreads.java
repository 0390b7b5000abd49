package org.purertc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers run when the user names no executor: a virtual thread while there is work on JDK
 * 21 and later, before that a pool of daemon threads that belongs to the factory. The pool has as
 * many threads as peers run a handler at the same moment, and an idle thread ends after two
 * seconds.
 */
final class CallbackThreads implements Executor {
  private static final long IDLE_SECONDS = 2;
  private static final @Nullable MethodHandle START_VIRTUAL = findStartVirtualThread();

  private final @Nullable ThreadPoolExecutor pool;

  CallbackThreads() {
    pool = START_VIRTUAL == null ? newPool() : null;
  }

  @Override
  public void execute(Runnable task) {
    ThreadPoolExecutor threads = pool;
    if (threads == null) {
      startVirtual(task);
      return;
    }
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      newThread("purertc-late-callback", task).start(); // a stage added after the factory closed
    }
  }

  /** Lets the handlers that wait run, then ends the threads. */
  void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  private static ThreadPoolExecutor newPool() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> newThread("purertc-callback-" + number.incrementAndGet(), task));
  }

  private static Thread newThread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void startVirtual(Runnable task) {
    try {
      Thread unused = (Thread) START_VIRTUAL.invokeExact(task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("Thread.startVirtualThread", e);
    }
  }

  private static @Nullable MethodHandle findStartVirtualThread() {
    if (Runtime.version().feature() < 21) {
      return null; // a preview in 19 and 20
    }
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
