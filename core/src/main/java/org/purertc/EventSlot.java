package org.purertc;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event with its one handler. In JavaScript no event comes between creating an object and
 * setting its handlers; here it can, so a slot keeps some events until its first handler is set.
 */
final class EventSlot<T> {
  private final Callbacks callbacks;
  private final int kept;
  private volatile @Nullable Consumer<? super T> handler;
  private @Nullable ArrayDeque<T> missed; // touched by callbacks only

  /**
   * @param kept how many events wait for a first handler; more are lost
   */
  EventSlot(Callbacks callbacks, int kept) {
    this.callbacks = callbacks;
    this.kept = kept;
  }

  void set(@Nullable Consumer<? super T> handler) {
    this.handler = handler;
    if (handler != null && kept > 0) {
      callbacks.event(this::deliverMissed);
    }
  }

  /** A handler without an argument. */
  void set(@Nullable Runnable handler) {
    set(handler == null ? null : (Consumer<T>) unused -> handler.run());
  }

  void fire(T event) {
    callbacks.event(() -> deliver(event));
  }

  /** Calls the handler now; callback executor only. */
  void deliver(T event) {
    Consumer<? super T> current = handler;
    if (current != null) {
      current.accept(event);
    } else if (kept > 0) {
      if (missed == null) {
        missed = new ArrayDeque<>();
      }
      if (missed.size() < kept) {
        missed.add(event);
      }
    }
  }

  private void deliverMissed() {
    while (missed != null && !missed.isEmpty()) {
      Consumer<? super T> current = handler;
      if (current == null) {
        return;
      }
      T event = missed.remove();
      callbacks.event(() -> current.accept(event)); // each its own task: one may throw
    }
  }
}
