package org.purertc.ice.io;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A selector that many threads wake with one system call, and with none while it is not asleep. */
final class WakeableSelector {

  private final Selector selector;

  /** The loop waits in the selector or is about to: who brings work must wake it, once. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private WakeableSelector(Selector selector) {
    this.selector = selector;
  }

  static WakeableSelector open() throws IOException {
    return new WakeableSelector(Selector.open());
  }

  SelectionKey register(SelectableChannel channel, int operations, LoopPort port)
      throws IOException {
    return channel.register(selector, operations, port);
  }

  /**
   * Waits for a ready port, the time-out or a {@link #wake}.
   *
   * @param timeoutMs asked for when a wake-up can no longer be missed: 0 for not waiting, {@link
   *     Loop#NEVER} for waiting without end
   */
  void select(LongSupplier timeoutMs, Consumer<SelectionKey> ready) throws IOException {
    asleep.set(true);
    long waitMs = timeoutMs.getAsLong();
    if (waitMs == 0) {
      selector.selectNow(ready);
    } else {
      selector.select(ready, waitMs == Loop.NEVER ? 0 : waitMs);
    }
    asleep.set(false);
  }

  /** Lets go of closed channels without waiting; ports that are ready meanwhile are told, too. */
  void forgetClosed(Consumer<SelectionKey> ready) throws IOException {
    selector.selectNow(ready);
  }

  void wake() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  void close() throws IOException {
    selector.close();
  }
}
