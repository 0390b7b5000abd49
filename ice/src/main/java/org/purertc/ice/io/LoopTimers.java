package org.purertc.ice.io;

/** The timers of an {@link EventLoop}, and the part of its turn that fires them. */
final class LoopTimers {

  private final EventLoop loop;
  private final TimerQueue queue = new TimerQueue();
  private boolean firing;

  LoopTimers(EventLoop loop) {
    this.loop = loop;
  }

  Loop.LoopTimer create(Loop.Timed timed) {
    return new Deadline(timed);
  }

  /** The earliest deadline, or {@link Loop#NEVER}. */
  long nextDeadlineNs() {
    return queue.nextDeadlineNs();
  }

  void fire(long nowNs, FailureLog failures) {
    firing = true;
    for (TimerQueue.Entry due = queue.pollDue(nowNs); due != null; due = queue.pollDue(nowNs)) {
      try {
        ((Deadline) due).timed.onDeadline(nowNs);
      } catch (Throwable failure) {
        failures.report("a timer", failure, nowNs);
      }
    }
    firing = false;
  }

  private final class Deadline extends TimerQueue.Entry implements Loop.LoopTimer {
    private final Loop.Timed timed;

    Deadline(Loop.Timed timed) {
      this.timed = timed;
    }

    @Override
    public void set(long deadlineNs) {
      loop.requireLoop("timer.set");
      // Due at once from within a timer means the next turn: a timer that always asks for now must
      // not keep the others, the sockets and the tasks waiting.
      queue.schedule(this, firing ? Math.max(deadlineNs, loop.nowNs() + 1) : deadlineNs);
    }

    @Override
    public void cancel() {
      loop.requireLoop("timer.cancel");
      queue.cancel(this);
    }
  }
}
