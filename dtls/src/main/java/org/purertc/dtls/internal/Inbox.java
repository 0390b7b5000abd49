package org.purertc.dtls.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records on their way from the loop to a handshake that waits for them. Bounded. */
final class Inbox {

  /** Several repeated flights of a peer, each of ten records or so. */
  static final int MAX_RECORDS = 128;

  static final int MAX_BYTES = 128 * 1024;

  /**
   * A handshake whose peer says nothing for so long leaves its thread to others that wait. Half of
   * the handshake's limit: an honest peer on an overloaded machine may need seconds.
   */
  private static final long SILENCE_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);

  private static final long SILENT_LOOK_AROUND_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<byte[]> records = new ArrayDeque<>(4);
  private int bytes;
  private boolean closed;
  private long heardNs;

  void restartSilence() {
    lock.lock();
    try {
      heardNs = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  void offer(byte[] record) {
    lock.lock();
    try {
      if (closed || records.size() >= MAX_RECORDS || bytes + record.length > MAX_BYTES) {
        return; // lost, as on the network: the peer sends its flight again
      }
      records.add(record);
      bytes += record.length;
      heardNs = System.nanoTime();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return records.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      records.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<byte[]> drain() {
    lock.lock();
    try {
      List<byte[]> all = new ArrayList<>(records);
      records.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** The next record, or null when none came in time. */
  byte @Nullable [] await(int waitMillis, BorrowedThread thread) throws IOException {
    if (!isEmpty()) {
      return awaitUntil(System.nanoTime(), thread);
    }
    thread.blocked();
    try {
      return awaitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis), thread);
    } finally {
      thread.resumed();
    }
  }

  private byte @Nullable [] awaitUntil(long deadlineNs, BorrowedThread thread) throws IOException {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new HandshakeCancelledException();
        }
        byte[] record = records.poll();
        if (record != null) {
          bytes -= record.length;
          return record;
        }
        long nowNs = System.nanoTime();
        long remainingNs = deadlineNs - nowNs;
        if (remainingNs <= 0) {
          return null;
        }
        long untilSilenceNs = heardNs + SILENCE_LIMIT_NS - nowNs;
        if (untilSilenceNs <= 0 && thread.giveWay()) {
          throw new HandshakeStalledException();
        }
        long sliceNs = untilSilenceNs > 0 ? untilSilenceNs : SILENT_LOOK_AROUND_NS;
        arrived.awaitNanos(Math.min(remainingNs, sliceNs));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandshakeCancelledException();
    } finally {
      lock.unlock();
    }
  }

  /** The owner closed. */
  static final class HandshakeCancelledException extends IOException {
    private static final long serialVersionUID = 1;

    HandshakeCancelledException() {
      super("handshake cancelled");
    }
  }

  /** The peer is silent and others need the thread. */
  static final class HandshakeStalledException extends IOException {
    private static final long serialVersionUID = 1;

    HandshakeStalledException() {
      super(
          "the peer was silent for 5 s in the handshake, and all handshake threads were needed"
              + " by others");
    }
  }
}
