package org.purertc.interop.browser;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Carries messages in one direction: each takes a random time, and they keep their order. Used on
 * the thread of its executor only.
 */
final class SlowCarrier {
  private static final int MAX_DELAY_MS = 80;

  private final ScheduledExecutorService thread;
  private final Random random;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean isHeld;
  private long lastArrivalNs = System.nanoTime();
  private int carried;

  SlowCarrier(ScheduledExecutorService thread, long seed, boolean isHeld) {
    this.thread = thread;
    this.isHeld = isHeld;
    random = new Random(seed);
  }

  void carry(Runnable message) {
    carried++;
    waiting.add(message);
    if (!isHeld) {
      schedule();
    }
  }

  /** Sends on its way what was held back. */
  void release() {
    if (isHeld) {
      isHeld = false;
      waiting.forEach(message -> schedule());
    }
  }

  private void schedule() {
    long nowNs = System.nanoTime();
    long delayNs = TimeUnit.MILLISECONDS.toNanos(random.nextInt(MAX_DELAY_MS));
    lastArrivalNs = Math.max(lastArrivalNs, nowNs + delayNs);
    // Whichever moment comes first brings the first message.
    var unused =
        thread.schedule(() -> waiting.remove().run(), lastArrivalNs - nowNs, TimeUnit.NANOSECONDS);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int carried() {
    return carried;
  }
}
