package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BoundedEventsTest {
  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final BoundedEvents events = new BoundedEvents(new Callbacks(executor::add));
  private int handled;

  private void runAll() {
    for (Runnable task = executor.poll(); task != null; task = executor.poll()) {
      task.run();
    }
  }

  @Test
  void noMoreWaitThanTheBound() {
    for (int i = 0; i < 10 * BoundedEvents.MAX_WAITING; i++) {
      events.event(() -> handled++);
    }
    runAll();
    assertThat(handled).isEqualTo(BoundedEvents.MAX_WAITING);
  }

  @Test
  void whoIsQuickLosesNone() {
    for (int i = 0; i < 10 * BoundedEvents.MAX_WAITING; i++) {
      events.event(() -> handled++);
      runAll();
    }
    assertThat(handled).isEqualTo(10 * BoundedEvents.MAX_WAITING);
  }
}
