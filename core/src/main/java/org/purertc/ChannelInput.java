package org.purertc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The messages of one channel, one after the other, as a blocking stream. */
final class ChannelInput extends InputStream implements MessageInbox.Reader {
  private final PeerThreads threads;
  private final MessageInbox inbox;

  /** Held for as long as copying takes, never while waiting: the loop takes it to wake us. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private @Nullable RTCMessage current;
  private int position;
  private @Nullable ChannelEnd end;
  private volatile boolean closed;

  ChannelInput(PeerThreads threads, MessageInbox inbox) {
    this.threads = threads;
    this.inbox = inbox;
  }

  /** Something arrived; loop thread. */
  void wake() {
    if (closed) {
      inbox.drop();
      return;
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end(ChannelEnd end) {
    lock.lock();
    try {
      this.end = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    threads.checkMayBlock("read()");
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      RTCMessage message = awaitMessage();
      return message == null ? -1 : copy(message, target, offset, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a message");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return current == null ? 0 : current.bytes().length - position;
    } finally {
      lock.unlock();
    }
  }

  /** Discards what was not read and what still comes; the channel stays as it is. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (current != null) {
        inbox.consumed(current);
        current = null;
      }
      inbox.drop();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The message to read from, or null at the end of the stream. */
  private @Nullable RTCMessage awaitMessage() throws IOException, InterruptedException {
    while (true) {
      if (closed) {
        throw new IOException("This stream was closed");
      }
      if (current == null) {
        current = inbox.poll();
        position = 0;
      }
      if (current != null && current.bytes().length > 0) {
        return current;
      }
      if (current != null) {
        inbox.consumed(current); // an empty message adds nothing to the stream
        current = null;
      } else if (end != null) {
        return endOfStream(end);
      } else {
        changed.await();
      }
    }
  }

  private static @Nullable RTCMessage endOfStream(ChannelEnd end) throws IOException {
    if (end.orderly()) {
      return null;
    }
    throw new IOException("The channel ended before its stream: " + end.reason());
  }

  private int copy(RTCMessage message, byte[] target, int offset, int length) {
    int count = Math.min(length, message.bytes().length - position);
    System.arraycopy(message.bytes(), position, target, offset, count);
    position += count;
    if (position == message.bytes().length) {
      current = null;
      inbox.consumed(message);
    }
    return count;
  }
}
