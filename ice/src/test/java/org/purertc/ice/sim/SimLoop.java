package org.purertc.ice.sim;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.purertc.ice.io.Loop;

/**
 * A {@link Loop} in virtual time: one thread, no waiting, the same run for the same calls.
 *
 * <p>A turn takes everything that is due at one instant, then hopped tasks, then the drains; time
 * stands still within a turn and jumps to the next event between turns.
 */
public final class SimLoop implements Loop {

  private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /**
   * Re-armed lazily: a deadline that moves back, as retransmission timers do with every packet,
   * leaves its event where it is.
   */
  private final class Timer implements LoopTimer {
    private final Timed timed;
    private long deadlineNs = NEVER;
    private long queuedNs = NEVER;
    private long generation;

    Timer(Timed timed) {
      this.timed = timed;
    }

    @Override
    public void set(long newDeadlineNs) {
      timersSet += (newDeadlineNs == NEVER ? 0 : 1) - (deadlineNs == NEVER ? 0 : 1);
      deadlineNs = newDeadlineNs;
      if (newDeadlineNs < queuedNs) {
        queue();
      }
    }

    private void queue() {
      queuedNs = deadlineNs;
      long mine = ++generation;
      at(Math.max(deadlineNs, nowNs), () -> fire(mine));
    }

    private void fire(long of) {
      if (of != generation) {
        return;
      }
      queuedNs = NEVER;
      if (deadlineNs <= nowNs) {
        cancel();
        timed.onDeadline(nowNs);
      } else if (deadlineNs != NEVER) {
        queue();
      }
    }

    @Override
    public void cancel() {
      set(NEVER);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private Set<Drain> drains = new LinkedHashSet<>();
  private long order;
  private long nowNs;
  private int timersSet;
  private boolean running;

  /** Runs an action at a time, as an event of the network would. */
  public void at(long atNs, Runnable action) {
    events.add(new Event(Math.max(atNs, nowNs), order++, action));
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Whether a turn is running: the test itself counts as a foreign thread. */
  @Override
  public boolean inLoop() {
    return running;
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  @Override
  public LoopTimer timer(Timed timed) {
    return new Timer(timed);
  }

  @Override
  public void drainLater(Drain drain) {
    drains.add(drain);
  }

  /** How many timers are set now. */
  public int timersSet() {
    return timersSet;
  }

  /** Runs until this time and leaves the clock there. */
  public void runUntil(long endNs) {
    runUntil(() -> false, endNs);
    nowNs = Math.max(nowNs, endNs);
  }

  public void runFor(long durationNs) {
    runUntil(nowNs + durationNs);
  }

  /**
   * Runs until the condition holds after a turn, at most until this time.
   *
   * @return whether the condition holds
   */
  public boolean runUntil(BooleanSupplier condition, long endNs) {
    turn();
    while (!condition.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.atNs > endNs) {
        return false;
      }
      nowNs = next.atNs;
      turn();
    }
    return true;
  }

  private void turn() {
    running = true;
    try {
      do {
        fireDueEvents();
        for (int pending = tasks.size(); pending > 0; pending--) {
          tasks.remove().run();
        }
        Set<Drain> asked = drains;
        drains = new LinkedHashSet<>();
        asked.forEach(drain -> drain.drain(nowNs));
      } while (!tasks.isEmpty() || !drains.isEmpty());
    } finally {
      running = false;
    }
  }

  private void fireDueEvents() {
    long seen = order; // what is added now for this instant waits for the next turn
    while (!events.isEmpty() && events.peek().atNs <= nowNs && events.peek().order < seen) {
      events.remove().action.run();
    }
  }
}
