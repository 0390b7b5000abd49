package org.purertc.samples.transfer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A channel in memory: what is sent waits until the test delivers it. */
final class FakeChannel implements TransferChannel {
  final Deque<Object> sent = new ArrayDeque<>();
  long maxMessageBytes = 65_536;
  long bufferedBytes;
  boolean closed;

  /** Of file bytes, ever. */
  long binaryBytes;

  @Override
  public void send(String text) {
    if (!closed) {
      bufferedBytes += text.getBytes(StandardCharsets.UTF_8).length;
      sent.add(text);
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    if (!closed) {
      bufferedBytes += length;
      binaryBytes += length;
      sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }
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
  boolean deliver(TransferEnd end, long nowNs) {
    Object message = sent.poll();
    if (message instanceof String text) {
      bufferedBytes -= text.getBytes(StandardCharsets.UTF_8).length;
      end.onText(text, nowNs);
    } else if (message instanceof byte[] bytes) {
      bufferedBytes -= bytes.length;
      end.onBinary(bytes, nowNs);
    }
    return message != null;
  }

  /** Takes everything away, as a network would that nobody reads. */
  void drain() {
    sent.clear();
    bufferedBytes = 0;
  }

  List<String> texts() {
    return sent.stream().filter(it -> it instanceof String).map(Object::toString).toList();
  }
}
