package org.purertc.samples.transfer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** A channel in memory: what is sent waits until the test delivers it. */
final class FakeChannel implements TransferChannel {
  final Queue<Object> sent = new ArrayDeque<>();
  long maxMessageBytes = 65_536;
  long bufferedBytes;
  boolean closed;

  @Override
  public void send(String text) {
    sent.add(text);
  }

  @Override
  public void send(byte[] bytes, int length) {
    bufferedBytes += length;
    sent.add(Arrays.copyOf(bytes, length));
  }

  @Override
  public long bufferedAmount() {
    return bufferedBytes;
  }

  @Override
  public long maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Hands the next message to {@code end}; false when there is none. */
  boolean deliver(TransferEnd end) {
    Object message = sent.poll();
    if (message instanceof String text) {
      end.onText(text);
    } else if (message instanceof byte[] bytes) {
      bufferedBytes -= bytes.length;
      end.onBinary(bytes);
    }
    return message != null;
  }
}
