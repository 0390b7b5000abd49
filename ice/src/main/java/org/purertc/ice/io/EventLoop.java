package org.purertc.ice.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Loop} with one thread and one selector. The thread starts with the first {@link
 * #acquire} and ends some seconds after the last {@link #release}; it is no daemon, so an open peer
 * keeps the JVM alive. Timers alone do not keep the thread: they belong to peers that acquired it.
 *
 * <p>A task, timer, drain or receiver that throws does not end the loop: the exception is logged,
 * at most one a second, and the turn goes on.
 */
public final class EventLoop implements Loop {

  /** How long the thread waits for the next peer after the last one left. */
  public static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);

  private static final Duration MAX_LINGER = Duration.ofDays(1);

  /** The largest UDP datagram, and a little more than the largest payload. */
  static final int MAX_DATAGRAM_BYTES = 65_535;

  /** Tasks of one turn; what is left waits for the next, so that sockets and timers have theirs. */
  private static final int MAX_TASKS_PER_TURN = 4_096;

  private static final long NS_PER_MS = 1_000_000;
  private static final long ORIGIN_NS = System.nanoTime();
  private static final long NOT_IDLE = -1;

  private final String name;
  private final long lingerNs;
  private final FailureLog failures;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger load = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();

  private volatile @Nullable WakeableSelector selector;
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  private final LoopTimers timers = new LoopTimers(this);
  private final List<LoopPort> readyPorts = new ArrayList<>();
  private final Consumer<SelectionKey> collectReady =
      key -> readyPorts.add((LoopPort) key.attachment());
  private final LongSupplier timeoutMs = this::timeoutMs;
  private final byte[] receiveBytes = new byte[MAX_DATAGRAM_BYTES];
  private final ByteBuffer receiveBuffer = ByteBuffer.wrap(receiveBytes);
  private final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private DrainQueue drains = new DrainQueue();
  private DrainQueue drainsInWork = new DrainQueue();
  private int openPorts;
  private long nowNs;
  private long idleSinceNs = NOT_IDLE;

  /** A loop that lingers for {@link #DEFAULT_LINGER}. */
  public EventLoop(String name) {
    this(name, DEFAULT_LINGER);
  }

  /**
   * @param name of the thread, and in each line of the log
   * @param linger how long the thread stays after the last peer, for the next one; a day at most
   */
  public EventLoop(String name, Duration linger) {
    if (linger.isNegative() || linger.compareTo(MAX_LINGER) > 0) {
      throw new IllegalArgumentException(
          "linger of loop " + name + " is " + linger + ": give PT0S to " + MAX_LINGER);
    }
    this.name = name;
    this.lingerNs = linger.toNanos();
    this.failures = new FailureLog(name);
  }

  /**
   * A peer begins to live here: the thread runs until as many {@link #release}s came. May be called
   * from any thread.
   *
   * @throws IllegalStateException when the loop is closed
   * @throws UncheckedIOException when the selector cannot be opened (out of file descriptors)
   */
  public void acquire() {
    if (closed) {
      throw new IllegalStateException("loop " + name + " is closed and takes no new peer");
    }
    load.incrementAndGet();
    try {
      startOrWake();
    } catch (RuntimeException | Error cannotStart) {
      load.decrementAndGet();
      throw cannotStart;
    }
  }

  /** A peer has left. May be called from any thread. */
  public void release() {
    int left = load.decrementAndGet();
    if (left < 0) {
      load.incrementAndGet();
      throw new IllegalStateException("loop " + name + " was released more often than acquired");
    }
    if (left == 0) {
      wake();
    }
  }

  /** How many peers live here. May be called from any thread. */
  public int load() {
    return load.get();
  }

  /**
   * Ends the thread at once when idle, else with the last peer; frees the selector. Does not wait
   * for it. May be called from any thread, also twice.
   */
  public void close() {
    closed = true;
    wake();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Without a peer the thread is started for the task and ends again after the linger time.
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(Objects.requireNonNull(task, "task"));
    try {
      startOrWake();
    } catch (RuntimeException | Error cannotStart) {
      tasks.remove(task);
      throw new RejectedExecutionException("loop " + name + " cannot start", cannotStart);
    }
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  @Override
  public LoopTimer timer(Timed timed) {
    requireLoop("timer");
    return timers.create(Objects.requireNonNull(timed, "timed"));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A drain is known by identity: keep the object, a method reference is a new one each time.
   * When asked for by a drain, it is called in the next turn, which then follows without waiting.
   */
  @Override
  public void drainLater(Drain drain) {
    requireLoop("drainLater");
    drains.add(Objects.requireNonNull(drain, "drain"));
  }

  @Override
  public String toString() {
    return name;
  }

  // What the ports of this package need.

  SelectionKey register(SelectableChannel channel, int operations, LoopPort port)
      throws IOException {
    WakeableSelector current = selector;
    if (current == null) {
      throw new IllegalStateException("loop " + name + " has no selector");
    }
    SelectionKey key = current.register(channel, operations, port);
    openPorts++;
    return key;
  }

  void unregistered() {
    openPorts--;
  }

  /**
   * A closed channel keeps its address until the selector has looked at it again; now it has.
   *
   * @see java.nio.channels.SelectionKey#cancel
   */
  void forgetClosed() {
    WakeableSelector current = selector;
    if (current != null) {
      try {
        current.forgetClosed(collectReady);
      } catch (IOException e) {
        report("closing a port", e);
      }
    }
  }

  byte[] receiveBytes() {
    return receiveBytes;
  }

  ByteBuffer receiveBuffer() {
    return receiveBuffer;
  }

  ByteBuffer sendBuffer() {
    return sendBuffer;
  }

  void report(String where, Throwable failure) {
    failures.report(where, failure, nowNs);
  }

  void requireLoop(String what) {
    if (!inLoop()) {
      throw new IllegalStateException(
          what
              + " of loop "
              + name
              + " called from thread "
              + Thread.currentThread().getName()
              + "; hop onto the loop with execute()");
    }
  }

  // Start and end of the thread. Work is made visible first (a task queued, the load raised), then
  // "running" is read; the thread that ends clears "running" first and then looks for work.

  private void startOrWake() {
    if (!running.get() && running.compareAndSet(false, true)) {
      start();
    } else {
      wake();
    }
  }

  private void wake() {
    WakeableSelector current = selector;
    if (current != null) {
      current.wake();
    }
  }

  private void start() {
    WakeableSelector opened = null;
    try {
      WakeableSelector fresh = WakeableSelector.open();
      opened = fresh;
      selector = fresh;
      Thread started = new Thread(null, () -> run(fresh), name, 0, false);
      started.setDaemon(false);
      // The loader of whoever came first must not be held as long as the loop lives.
      started.setContextClassLoader(EventLoop.class.getClassLoader());
      started.start();
    } catch (IOException e) {
      running.set(false);
      throw new UncheckedIOException("loop " + name + ": no selector", e);
    } catch (RuntimeException | Error e) {
      close(opened);
      running.set(false);
      throw e;
    }
  }

  private void run(WakeableSelector mine) {
    do {
      thread = Thread.currentThread();
      nowNs = readClock();
      idleSinceNs = NOT_IDLE;
      while (!isOver()) {
        turnOrReport(mine);
      }
      thread = null;
      running.set(false);
    } while ((load.get() > 0 || !tasks.isEmpty()) && running.compareAndSet(false, true));
    close(mine);
  }

  private void close(@Nullable WakeableSelector ended) {
    if (ended != null) {
      try {
        ended.close();
      } catch (IOException e) {
        report("closing the selector", e);
      }
    }
  }

  private boolean isIdle() {
    return load.get() == 0 && openPorts == 0;
  }

  /** Whether nobody has needed the thread for the linger time. */
  private boolean isOver() {
    if (!isIdle()) {
      idleSinceNs = NOT_IDLE;
      return false;
    }
    if (idleSinceNs == NOT_IDLE) {
      idleSinceNs = nowNs;
    }
    boolean lingered = closed || nowNs - idleSinceNs >= lingerNs;
    return lingered && tasks.isEmpty() && drains.isEmpty();
  }

  // One turn.

  private void turnOrReport(WakeableSelector mine) {
    try {
      turn(mine);
    } catch (Throwable failure) {
      report("the turn", failure);
      LockSupport.parkNanos(NS_PER_MS);
    }
  }

  private void turn(WakeableSelector mine) throws IOException {
    mine.select(timeoutMs, collectReady);
    // An interrupt of this thread, by whatever code ran on it, would turn select into a busy loop.
    Thread.interrupted();
    nowNs = readClock();
    readPorts();
    timers.fire(nowNs, failures);
    runTasks();
    runDrains();
  }

  private long readClock() {
    return Math.max(nowNs, System.nanoTime() - ORIGIN_NS);
  }

  /** How long select may wait: whole milliseconds rounded up, 0 for not at all, or NEVER. */
  private long timeoutMs() {
    if (!tasks.isEmpty() || !drains.isEmpty()) {
      return 0;
    }
    long deadlineNs = timers.nextDeadlineNs();
    if (isIdle()) {
      if (closed || idleSinceNs == NOT_IDLE) {
        return 0;
      }
      deadlineNs = Math.min(deadlineNs, idleSinceNs + lingerNs);
    }
    if (deadlineNs == NEVER) {
      return NEVER;
    }
    long freshNowNs = readClock();
    return deadlineNs <= freshNowNs ? 0 : (deadlineNs - freshNowNs - 1) / NS_PER_MS + 1;
  }

  private void readPorts() {
    for (int i = 0; i < readyPorts.size(); i++) {
      try {
        readyPorts.get(i).onReady(nowNs);
      } catch (Throwable failure) {
        report("a port", failure);
      }
    }
    readyPorts.clear();
  }

  private void runTasks() {
    for (int i = 0; i < MAX_TASKS_PER_TURN; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (Throwable failure) {
        report("a task", failure);
      }
    }
  }

  private void runDrains() {
    if (!drains.isEmpty()) {
      DrainQueue current = drains;
      drains = drainsInWork;
      drainsInWork = current;
      current.drainAll(nowNs, failures);
    }
  }
}
