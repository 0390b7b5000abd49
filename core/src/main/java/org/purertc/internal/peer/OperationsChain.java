package org.purertc.internal.peer;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The length of W3C's operations chain, WebRTC section 4.4.1.2: offers, answers, descriptions and
 * candidates that were asked for and have not ended. Their order is that of {@link CommandQueue}.
 * Any thread.
 */
public final class OperationsChain {
  private final AtomicInteger length = new AtomicInteger();

  /** An operation was asked for. */
  public void add() {
    length.incrementAndGet();
  }

  /** The first operation has ended, and its result is on its way. */
  void remove() {
    length.decrementAndGet();
  }

  public boolean isEmpty() {
    return length.get() == 0;
  }
}
