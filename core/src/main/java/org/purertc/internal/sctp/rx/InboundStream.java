package org.purertc.internal.sctp.rx;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.SerialNumber;

/** The order of one incoming stream, RFC 9260 section 6.6. */
final class InboundStream {
  private long nextSequence;
  private @Nullable TreeMap<Long, Message> waiting;

  /** Whether nothing has to come before a message with this number. */
  boolean isNext(int streamSequence) {
    return SerialNumber.unwrap16(streamSequence, nextSequence) == nextSequence;
  }

  /** The message with the next number is delivered. */
  void advance() {
    nextSequence++;
  }

  /**
   * Keeps a message until its turn.
   *
   * @return false when its number was delivered or is already waiting
   */
  boolean keep(Message message) {
    long sequence = SerialNumber.unwrap16(message.streamSequence(), nextSequence);
    if (sequence < nextSequence) {
      return false;
    }
    if (waiting == null) {
      waiting = new TreeMap<>();
    }
    return waiting.putIfAbsent(sequence, message) == null;
  }

  /** The message whose turn it is, or null; the next call looks for the one after. */
  @Nullable Message takeNext() {
    if (waiting == null) {
      return null;
    }
    Message message = waiting.remove(nextSequence);
    if (waiting.isEmpty()) {
      waiting = null;
    }
    if (message != null) {
      nextSequence++;
    }
    return message;
  }

  /**
   * The next waiting message up to this number, whatever is missing before it, or null; then the
   * stream goes on after this number.
   */
  @Nullable Message takeThrough(int streamSequence) {
    long last = SerialNumber.unwrap16(streamSequence, nextSequence);
    if (last < nextSequence) {
      return null;
    }
    Message message = takeFirst(last);
    if (message == null) {
      nextSequence = last + 1;
    }
    return message;
  }

  /** The next waiting message, whatever is missing before it, or null; then numbers start at 0. */
  @Nullable Message takeAndReset() {
    Message message = takeFirst(Long.MAX_VALUE);
    if (message == null) {
      nextSequence = 0;
    }
    return message;
  }

  private @Nullable Message takeFirst(long last) {
    if (waiting == null) {
      return null;
    }
    Map.Entry<Long, Message> first = waiting.firstEntry();
    if (first == null || first.getKey() > last) {
      return null;
    }
    waiting.pollFirstEntry();
    nextSequence = first.getKey() + 1;
    return first.getValue();
  }
}
