package org.purertc.dtls;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The test's thread as a loop: runs what is hopped to it until something is true. */
final class TestLoop implements Executor {

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  void runUntil(BooleanSupplier condition, Supplier<String> situation) {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      try {
        Runnable task = tasks.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (task == null) {
          throw new AssertionError("waited in vain for 20 s: " + situation.get());
        }
        task.run();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What is there now, and what that brings about at once. */
  void runReady() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }
}
