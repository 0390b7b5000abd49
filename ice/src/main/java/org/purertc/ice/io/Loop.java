package org.purertc.ice.io;

import java.util.concurrent.Executor;

/**
 * The thread that a peer lives on, as its machines see it: hop, clock of the turn, timers, drain.
 *
 * <p>One turn: read the clock once, read the sockets, fire due timers, run hopped tasks, then call
 * every {@link Drain} that asked for it once. Times are nanoseconds of a monotonic clock that
 * starts near zero and is never negative; {@link #NEVER} is later than every time.
 */
public interface Loop extends Executor {

  /** A deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Runs a task on the loop, later in this turn or in the next one; tasks run in the order in which
   * they were handed in. May be called from any thread, also from the loop itself.
   */
  @Override
  void execute(Runnable task);

  /** Whether the calling thread is this loop's. */
  boolean inLoop();

  /** The clock as it was read at the start of this turn. Loop thread only. */
  long nowNs();

  /** Creates a timer that is not set. Loop thread only. */
  LoopTimer timer(Timed timed);

  /** Asks for one call of {@code drain} at the end of this turn. Loop thread only. */
  void drainLater(Drain drain);

  /** What a timer calls. */
  @FunctionalInterface
  interface Timed {
    void onDeadline(long nowNs);
  }

  /** What the end of a turn calls. */
  @FunctionalInterface
  interface Drain {
    void drain(long nowNs);
  }

  /** One deadline that can be moved cheaply. Loop thread only. */
  interface LoopTimer {

    /** Sets or moves the deadline; {@link Loop#NEVER} is the same as {@link #cancel}. */
    void set(long deadlineNs);

    void cancel();
  }
}
