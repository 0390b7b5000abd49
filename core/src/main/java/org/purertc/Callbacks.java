package org.purertc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The serial executor of one peer connection: handlers and dependent stages, one after the other,
 * in the order of the events. A handler that throws is reported and stops nothing.
 */
final class Callbacks implements Executor {
  private static final Logger LOG = System.getLogger("org.purertc.callbacks");

  /** Then other users of the same executor get their turn. */
  private static final int MAX_TASKS_PER_RUN = 256;

  private final Executor executor;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable run = this::runTasks;
  private volatile @Nullable Thread running;
  private volatile boolean silent;

  Callbacks(Executor executor) {
    this.executor = executor;
  }

  /** Runs a task after everything handed in before; also after {@link #silence}. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    schedule();
  }

  /** Runs the part of an event that calls the user's handler, unless the peer was closed first. */
  void event(Runnable event) {
    execute(
        () -> {
          if (!silent) {
            event.run();
          }
        });
  }

  /** W3C WebRTC section 4.4.1.5, close: no event fires after it. */
  void silence() {
    silent = true;
  }

  boolean isSilent() {
    return silent;
  }

  /** Whether the calling thread runs a handler of this peer now. */
  boolean isCurrent() {
    return Thread.currentThread() == running;
  }

  private void schedule() {
    if (scheduled.get() || !scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(run);
    } catch (RejectedExecutionException e) {
      scheduled.set(false);
      LOG.log(Level.ERROR, "The callback executor takes no tasks: handlers do not run", e);
    }
  }

  private void runTasks() {
    running = Thread.currentThread();
    try {
      for (int i = 0; i < MAX_TASKS_PER_RUN; i++) {
        Runnable task = tasks.poll();
        if (task == null) {
          break;
        }
        runTask(task);
      }
    } finally {
      running = null;
      scheduled.set(false);
      if (!tasks.isEmpty()) {
        schedule(); // the rest, or what came between the last poll and here
      }
    }
  }

  private static void runTask(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // also an AssertionError of a user's test must not stop the others
      LOG.log(Level.ERROR, "A handler threw; the following ones run all the same", e);
    }
  }
}
