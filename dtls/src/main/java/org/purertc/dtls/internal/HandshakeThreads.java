package org.purertc.dtls.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that handshakes borrow: virtual where the JVM has them, else daemons that end when idle.
 *
 * <p>At most {@link #maxRunning} run; others wait. A running one whose peer has been silent gives
 * its thread away as soon as another waits, so stalled peers cannot starve honest ones.
 */
final class HandshakeThreads implements AutoCloseable {

  static final int MAX_RUNNING = 4096;
  private static final int MAX_WAITING = 8192;
  private static final long IDLE_SECONDS = 2;
  private static final long STACK_BYTES = 512 * 1024;
  private static final String NAME = "purertc-dtls-handshake-";

  private final int maxRunning;
  private final int maxBusy = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  private final ExecutorService threads = newThreads();
  private final Set<Handshake> running = new HashSet<>();
  private final ArrayDeque<Handshake> waiting = new ArrayDeque<>();
  private int busy;
  private int givingWay;
  private boolean closed;

  HandshakeThreads(int maxRunning) {
    this.maxRunning = maxRunning;
  }

  /** False when there is no room even to wait. */
  synchronized boolean start(Handshake handshake) {
    if (closed || waiting.size() >= MAX_WAITING) {
      return false;
    }
    waiting.add(handshake);
    admit();
    // Whoever runs hands on its thread at its end.
    return !running.isEmpty() || !waiting.remove(handshake);
  }

  /**
   * New ones begin only while running ones leave processors free: under overload the first then end
   * in time, instead of all of them too late.
   */
  private void admit() {
    while (!closed && busy < maxBusy && running.size() < maxRunning) {
      Handshake next = waiting.peek();
      if (next == null || !lend(next)) {
        return;
      }
      waiting.remove();
    }
  }

  private boolean lend(Handshake handshake) {
    running.add(handshake);
    try {
      threads.execute(handshake);
      busy++;
      return true;
    } catch (OutOfMemoryError e) {
      // The operating system gives no more threads; this must not end the loop that asked.
      running.remove(handshake);
      return false;
    }
  }

  synchronized void ended(Handshake handshake, boolean gaveWay) {
    running.remove(handshake);
    busy--;
    if (gaveWay) {
      givingWay--;
    }
    admit();
  }

  /** A running handshake waits for its peer. */
  synchronized void blocked() {
    busy--;
    admit();
  }

  /** A running handshake goes on. */
  synchronized void resumed() {
    busy++;
  }

  /** Takes a handshake that was cancelled out of the queue. */
  synchronized void forget(Handshake handshake) {
    waiting.remove(handshake);
  }

  /** A stalled handshake asks; true obliges it to end. */
  synchronized boolean giveWay() {
    if (running.size() < maxRunning || waiting.size() <= givingWay) {
      return false;
    }
    givingWay++;
    return true;
  }

  @Override
  public void close() {
    List<Handshake> ending = new ArrayList<>();
    synchronized (this) {
      closed = true;
      ending.addAll(running);
      ending.addAll(waiting);
      waiting.clear();
    }
    ending.forEach(Handshake::closeUnder);
    threads.shutdown();
  }

  private static ExecutorService newThreads() {
    try {
      return newVirtualThreads();
    } catch (NoSuchMethodException | ClassNotFoundException e) {
      AtomicInteger number = new AtomicInteger();
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> daemon(task, number.incrementAndGet()));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("this JVM does not give virtual threads", e);
    }
  }

  /** By reflection, because this compiles for Java 17 and runs on 21 and newer too. */
  private static ExecutorService newVirtualThreads()
      throws NoSuchMethodException,
          ClassNotFoundException,
          IllegalAccessException,
          InvocationTargetException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Class<?> type = Class.forName("java.lang.Thread$Builder");
    Object named = type.getMethod("name", String.class, long.class).invoke(builder, NAME, 1L);
    Object factory = type.getMethod("factory").invoke(named);
    return (ExecutorService)
        Executors.class
            .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
            .invoke(null, factory);
  }

  private static Thread daemon(Runnable task, int number) {
    Thread thread = new Thread(null, task, NAME + number, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }
}
