package org.purertc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one channel has accepted and not yet sent, in bytes and messages, with its limits. Any
 * thread reserves, the loop releases.
 */
final class SendBuffer {
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger messages = new AtomicInteger();
  private volatile long lowThresholdBytes;

  /** W3C's bufferedAmount: empty messages add nothing. */
  long bytes() {
    return bytes.get();
  }

  long lowThresholdBytes() {
    return lowThresholdBytes;
  }

  void lowThresholdBytes(long threshold) {
    lowThresholdBytes = threshold;
  }

  /**
   * Makes room for one message.
   *
   * @throws RTCException {@code OperationError} when it is full
   */
  void reserve(int length) {
    if (messages.incrementAndGet() > RTCDataChannel.MAX_BUFFERED_MESSAGES) {
      messages.decrementAndGet();
      throw full(RTCDataChannel.MAX_BUFFERED_MESSAGES + " messages");
    }
    long waiting;
    do {
      waiting = bytes.get();
      if (waiting + length > RTCDataChannel.MAX_BUFFERED_BYTES) {
        messages.decrementAndGet();
        throw full(waiting + " bytes");
      }
    } while (!bytes.compareAndSet(waiting, waiting + length));
  }

  private static RTCException full(String what) {
    return new RTCException(
        "OperationError", what + " wait already; send more after onBufferedAmountLow");
  }

  /**
   * Bytes were sent, and with them the last of so many messages.
   *
   * @return whether the bytes that wait fell to the threshold
   */
  boolean release(int length, int endedMessages) {
    messages.addAndGet(-endedMessages);
    long before = bytes.getAndAdd(-length);
    long threshold = lowThresholdBytes;
    return before > threshold && before - length <= threshold;
  }
}
