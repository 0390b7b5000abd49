package org.purertc.internal.util;

/** A deadline as a value: its owner asks whether it has come, nobody calls back. */
public final class Timer {
  /** A deadline that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  private long deadlineNs = NEVER;

  public void start(long nowNs, long durationNs) {
    deadlineNs = nowNs + durationNs;
  }

  public void stop() {
    deadlineNs = NEVER;
  }

  /** Moves the deadline, for a time that does not count; nothing when the timer is stopped. */
  public void postpone(long durationNs) {
    if (deadlineNs != NEVER) {
      deadlineNs += durationNs;
    }
  }

  public boolean isRunning() {
    return deadlineNs != NEVER;
  }

  public long deadlineNs() {
    return deadlineNs;
  }

  /** Whether the deadline has come; if so the timer is stopped. */
  public boolean expire(long nowNs) {
    if (deadlineNs == NEVER || nowNs < deadlineNs) {
      return false;
    }
    deadlineNs = NEVER;
    return true;
  }
}
