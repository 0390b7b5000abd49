package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the events of the channel, the clock and the news that the peer is lost come from different
 * threads, and wakes the end when it wants to.
 */
public final class SerialEnd implements TransferEnd {
  /** An end that hashes or waits for a disk does not keep a user who interrupts longer. */
  private static final long LEAVE_LIMIT_SECONDS = 1;

  private final TransferEnd end;
  private final ReentrantLock lock = new ReentrantLock();
  private long alarmNs = NEVER;

  public SerialEnd(TransferEnd end) {
    this.end = end;
  }

  private void run(Runnable event) {
    lock.lock();
    try {
      event.run();
      setAlarm();
    } finally {
      lock.unlock();
    }
  }

  /** An alarm that is set already for an earlier time does for this one, too. */
  private void setAlarm() {
    long wakeNs = end.wakeNs();
    if (wakeNs == NEVER || (alarmNs != NEVER && alarmNs - wakeNs <= 0)) {
      return;
    }
    alarmNs = wakeNs;
    CompletableFuture.delayedExecutor(Math.max(0, wakeNs - System.nanoTime()), TimeUnit.NANOSECONDS)
        .execute(() -> ring(wakeNs));
  }

  private void ring(long wakeNs) {
    run(
        () -> {
          if (alarmNs == wakeNs) {
            alarmNs = NEVER;
          }
          end.onReady(System.nanoTime());
        });
  }

  @Override
  public void onOpen(long nowNs) {
    run(() -> end.onOpen(nowNs));
  }

  @Override
  public void onText(String text, long nowNs) {
    run(() -> end.onText(text, nowNs));
  }

  @Override
  public void onBinary(byte[] bytes, long nowNs) {
    run(() -> end.onBinary(bytes, nowNs));
  }

  @Override
  public void onReady(long nowNs) {
    run(() -> end.onReady(nowNs));
  }

  @Override
  public long wakeNs() {
    return NEVER;
  }

  @Override
  public void onLost(String reason) {
    run(() -> end.onLost(reason));
  }

  /** Waits for a second at most: a program that is interrupted ends. */
  @Override
  public void leave(String reason) {
    try {
      if (lock.tryLock(LEAVE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        try {
          end.leave(reason);
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Role role() {
    return end.role();
  }

  @Override
  public CompletableFuture<TransferResult> result() {
    return end.result();
  }
}
