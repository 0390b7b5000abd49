package org.purertc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A blocking stream over the binary messages of one channel. */
final class ChannelOutput extends OutputStream {

  /** A size that every implementation receives well; larger messages gain nothing. */
  private static final int MESSAGE_BYTES = 16 << 10;

  /** Enough to keep a fast path busy, little enough to wait in the heap. */
  private static final long MAX_WAITING_BYTES = 1 << 20;

  private final RTCDataChannel channel;
  private final PeerThreads threads;

  /** Held for a look at the channel's state, never while waiting: the loop takes it to wake us. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final byte[] message = new byte[MESSAGE_BYTES];
  private int length;
  private boolean closed;
  private @Nullable ChannelEnd end;

  ChannelOutput(RTCDataChannel channel, PeerThreads threads) {
    this.channel = channel;
    this.threads = threads;
  }

  /** Bytes left, or the channel opened; loop thread. */
  void wake() {
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
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, source.length);
    threads.checkMayBlock("write()");
    if (closed) {
      throw new IOException("This stream was closed");
    }
    int written = 0;
    while (written < count) {
      int part = Math.min(count - written, message.length - length);
      System.arraycopy(source, offset + written, message, length, part);
      written += part;
      length += part;
      if (length == message.length) {
        sendMessage();
      }
    }
  }

  /** Hands what was written to the channel; it does not wait for the network. */
  @Override
  public void flush() throws IOException {
    threads.checkMayBlock("flush()");
    if (length > 0) {
      sendMessage();
    }
  }

  /** Sends the rest, closes the channel, and returns when the remote side has everything. */
  @Override
  public void close() throws IOException {
    threads.checkMayBlock("close()");
    if (closed) {
      return;
    }
    try {
      flush();
    } finally {
      closed = true;
      channel.close();
    }
    awaitEnd();
  }

  private void sendMessage() throws IOException {
    int sent = 0;
    while (sent < length) {
      awaitRoom();
      int part = (int) Math.min(length - sent, channel.maxMessageSize());
      try {
        channel.send(ByteBuffer.wrap(message, sent, part));
      } catch (RTCException e) {
        throw new IOException("The channel takes no more bytes: " + e.getMessage(), e);
      }
      sent += part;
    }
    length = 0;
  }

  private void awaitRoom() throws IOException {
    lock.lock();
    try {
      while (end == null
          && (channel.readyState() == RTCDataChannelState.CONNECTING
              || channel.bufferedAmount() >= MAX_WAITING_BYTES)) {
        await();
      }
      if (end != null) {
        throw new IOException("The channel was closed: " + end.reason());
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitEnd() throws IOException {
    lock.lock();
    try {
      while (end == null) {
        await();
      }
      if (!end.orderly()) {
        throw new IOException("The channel ended before everything was delivered: " + end.reason());
      }
    } finally {
      lock.unlock();
    }
  }

  private void await() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the channel");
    }
  }
}
