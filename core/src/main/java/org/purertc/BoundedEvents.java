package org.purertc;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events that a remote peer can bring about as often as it likes: when too many wait for handlers
 * that are slow, more of them are lost. One thread at a time.
 */
final class BoundedEvents {
  static final int MAX_WAITING = 100;

  private final Callbacks callbacks;
  private final AtomicInteger waiting = new AtomicInteger();

  BoundedEvents(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  void event(Runnable event) {
    if (waiting.get() < MAX_WAITING) {
      waiting.incrementAndGet();
      callbacks.event(
          () -> {
            waiting.decrementAndGet();
            event.run();
          });
    }
  }
}
