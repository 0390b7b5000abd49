package org.purertc.bench;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.purertc.ice.io.Loop;

/** A loop without a thread: whoever calls {@link #run} turns it until nothing is left to do. */
final class PumpedLoop implements Loop {
  private static final LoopTimer NO_TIMER =
      new LoopTimer() {
        @Override
        public void set(long deadlineNs) {}

        @Override
        public void cancel() {}
      };

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Set<Drain> drains = new LinkedHashSet<>();
  private long nowNs;

  void run() {
    while (!tasks.isEmpty() || !drains.isEmpty()) {
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
      } else {
        Set<Drain> due = Set.copyOf(drains);
        drains.clear();
        nowNs += 1_000_000;
        due.forEach(each -> each.drain(nowNs));
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  /** Nothing that is measured waits for time. */
  @Override
  public LoopTimer timer(Timed timed) {
    return NO_TIMER;
  }

  @Override
  public void drainLater(Drain drain) {
    drains.add(drain);
  }
}
