package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the addresses of this host now and then, while anybody wants to know, and tells each
 * listener on its loop when they are not those that it knows. Java has no event for it, and walking
 * the interfaces may take long, so it has a daemon thread of its own, one for all listeners. The
 * thread starts with the first one and ends within an interval after the last.
 */
final class AddressWatch implements AutoCloseable {

  static final String THREAD_NAME = "purertc-addresses";

  /**
   * After a change everybody is told so many times more. RFC 4862 section 5.4: a new IPv6 address
   * cannot be bound before duplicate address detection is through, which takes about a second.
   */
  private static final int REMINDERS = 2;

  /** Reads the addresses of the host, best first; the same list where nothing changed is best. */
  @FunctionalInterface
  interface Source {
    List<InetAddress> read() throws IOException;
  }

  private final Source source;
  private final long intervalNs;
  private final Set<Listener> listeners = new HashSet<>();
  private @Nullable Thread thread;
  private boolean closed;
  private int reminders;

  /**
   * @param intervalNs between two looks; 0 for never
   */
  AddressWatch(Source source, long intervalNs) {
    this.source = source;
    this.intervalNs = intervalNs;
  }

  /**
   * @param known the addresses that the listener has seen
   */
  Network.Watch add(Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> told) {
    Listener listener = new Listener(loop, known, told);
    if (intervalNs > 0) {
      add(listener);
    }
    return listener;
  }

  private synchronized void add(Listener listener) {
    if (closed) {
      return;
    }
    listeners.add(listener);
    if (thread == null) {
      Thread started = new Thread(this::run, THREAD_NAME);
      started.setDaemon(true);
      started.start();
      thread = started;
    }
  }

  private void run() {
    while (isWantedAfterPause()) {
      try {
        tell(source.read());
      } catch (IOException | RuntimeException unreadable) {
        // Nothing is known to have changed; the next look may succeed.
      }
    }
  }

  /** Waits for the next look; false when nobody wants one any more. */
  private synchronized boolean isWantedAfterPause() {
    long endNs = System.nanoTime() + intervalNs;
    try {
      long leftNs = intervalNs;
      while (!closed && leftNs > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        leftNs = endNs - System.nanoTime();
      }
    } catch (InterruptedException e) {
      listeners.clear(); // nobody but the end of the program interrupts this thread
    }
    if (closed || listeners.isEmpty()) {
      thread = null;
      return false;
    }
    return true;
  }

  private synchronized void tell(List<InetAddress> addresses) {
    boolean again = reminders > 0;
    reminders -= again ? 1 : 0;
    for (Listener each : listeners) {
      if (!each.known.equals(addresses)) {
        each.known = addresses;
        reminders = REMINDERS;
        each.tell();
      } else if (again) {
        each.tell();
      }
    }
  }

  private synchronized void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Ends the thread; nobody is told anything more. */
  @Override
  public synchronized void close() {
    closed = true;
    listeners.clear();
    notifyAll();
  }

  private final class Listener implements Network.Watch {
    private final Loop loop;
    private final Consumer<List<InetAddress>> told;
    private volatile boolean ended;

    /** Guarded by the watch. */
    private List<InetAddress> known;

    Listener(Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> told) {
      this.loop = loop;
      this.known = known;
      this.told = told;
    }

    private void tell() {
      List<InetAddress> addresses = known;
      loop.execute(
          () -> {
            if (!ended) {
              told.accept(addresses);
            }
          });
    }

    @Override
    public void close() {
      ended = true;
      remove(this);
    }
  }
}
