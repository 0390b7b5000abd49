package org.purertc.internal.sctp.tx;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which stream sends its next message: weighted fair queueing with equal weights, RFC 8260 section
 * 3.6.
 *
 * <p>Each message has a finish in a virtual time that counts bytes; the earliest goes first. So a
 * small message passes the large ones of other streams, and no stream starves. Without I-DATA a
 * message is never interleaved with another, so a choice holds until the message is cut up.
 */
final class StreamScheduler {
  private final PriorityQueue<OutgoingStream> ready =
      new PriorityQueue<>(
          4,
          (a, b) -> {
            int byFinish = Long.compare(a.virtualFinish(), b.virtualFinish());
            return byFinish != 0 ? byFinish : Integer.compare(a.id(), b.id());
          });
  private long virtualTime;

  /** A stream that had nothing to send has its first message now. */
  void activate(OutgoingStream stream) {
    OutgoingMessage first = stream.first();
    if (first != null) {
      long start = Math.max(virtualTime, stream.virtualFinish());
      stream.setVirtualFinish(start + first.remainingBytes());
      ready.add(stream);
    }
  }

  /** Takes the stream whose first message is next; {@link #activate} brings it back. */
  @Nullable OutgoingStream take() {
    OutgoingStream stream = ready.poll();
    if (stream != null) {
      virtualTime = Math.max(virtualTime, stream.virtualFinish());
    }
    return stream;
  }

  void clear() {
    ready.clear();
    virtualTime = 0;
  }
}
