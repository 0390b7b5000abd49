package org.purertc.internal.sctp.tx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The messages that wait for their first transmission, stream by stream. */
public final class SendQueue {

  /** Hears of bytes that left the queue. */
  public interface Listener {
    /** They were sent for the first time, or given up. */
    void onSent(int streamId, int bytes);
  }

  private static final int PAGE_BITS = 4;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private final Listener listener;
  private final StreamScheduler scheduler = new StreamScheduler();

  /** Streams by id, in pages: most associations use the first few of 65,536. */
  private @Nullable OutgoingStream[] @Nullable [] pages = new OutgoingStream[1][];

  /** The stream whose first message is being cut up. */
  private @Nullable OutgoingStream current;

  private long bytes;

  public SendQueue(Listener listener) {
    this.listener = listener;
  }

  public void add(OutgoingMessage message) {
    OutgoingStream stream = stream(message.streamId());
    boolean wasEmpty = stream.isEmpty();
    stream.add(message);
    bytes += message.payload().length;
    if (wasEmpty && stream != current) {
      scheduler.activate(stream);
    }
  }

  /** User bytes that were never sent. */
  public long bytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return bytes == 0;
  }

  /** Whether nothing of this stream waits or is unacknowledged. */
  public boolean isSettled(int streamId) {
    int number = streamId >>> PAGE_BITS;
    OutgoingStream[] page = number < pages.length ? pages[number] : null;
    OutgoingStream stream = page == null ? null : page[streamId & PAGE_SIZE - 1];
    return stream == null || stream.isSettled();
  }

  /** RFC 6525 section 5.2.7: after the reset the stream sequence numbers start at 0. */
  public void resetSequenceNumber(int streamId) {
    stream(streamId).resetSequenceNumber();
  }

  /**
   * The message of which the next chunk is cut, null when nothing waits. What expired before its
   * first chunk is dropped here: RFC 3758 section 4.1 lets a sender discard it without a TSN.
   */
  @Nullable OutgoingMessage next(long nowNs) {
    while (true) {
      if (current == null) {
        current = scheduler.take();
        if (current == null) {
          return null;
        }
      }
      OutgoingMessage message = current.first();
      if (message != null && (message.isStarted() || !message.isExpired(nowNs))) {
        return message;
      }
      if (message != null) {
        removeFirst(current, message);
      }
    }
  }

  /** Takes the next bytes of the message that {@link #next} returned. */
  void cut(OutgoingMessage message, int count) {
    OutgoingStream stream = stream(message.streamId());
    if (!message.isStarted() && !message.isUnordered()) {
      message.setStreamSequenceNumber(stream.takeSequenceNumber());
    }
    if (count == message.remainingBytes()) {
      message.cut(count);
      finish(stream);
    } else {
      message.cut(count);
    }
    bytes -= count;
    listener.onSent(message.streamId(), count);
  }

  /** Drops what was not yet cut of a message that has chunks. */
  void dropRest(OutgoingMessage message) {
    removeFirst(stream(message.streamId()), message);
  }

  /** The streams begin again and the half-sent message is lost, RFC 9260 section 5.2.4.1. */
  public void restart() {
    if (current != null) {
      OutgoingMessage message = current.first();
      if (message != null && message.isStarted()) {
        removeFirst(current, message);
      }
    }
    for (OutgoingStream[] page : pages) {
      if (page != null) {
        for (OutgoingStream stream : page) {
          if (stream != null) {
            stream.restart();
          }
        }
      }
    }
  }

  /** The association ended: nothing waits any more. */
  public void clear() {
    Arrays.fill(pages, null);
    scheduler.clear();
    current = null;
    bytes = 0;
  }

  OutgoingStream stream(int streamId) {
    int number = streamId >>> PAGE_BITS;
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(2 * pages.length, number + 1));
    }
    OutgoingStream[] page = pages[number];
    if (page == null) {
      page = new OutgoingStream[PAGE_SIZE];
      pages[number] = page;
    }
    OutgoingStream stream = page[streamId & PAGE_SIZE - 1];
    if (stream == null) {
      stream = new OutgoingStream(streamId);
      page[streamId & PAGE_SIZE - 1] = stream;
    }
    return stream;
  }

  private void removeFirst(OutgoingStream stream, OutgoingMessage message) {
    int rest = message.remainingBytes();
    message.cut(rest);
    bytes -= rest;
    finish(stream);
    listener.onSent(stream.id(), rest);
  }

  private void finish(OutgoingStream stream) {
    stream.removeFirst();
    current = null;
    scheduler.activate(stream);
  }
}
