package org.purertc.internal.sctp;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.HeartbeatAckChunk;
import org.purertc.internal.sctp.packet.HeartbeatChunk;
import org.purertc.internal.sctp.tx.RetransmissionTimeout;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.Timer;

/** Asks an idle peer whether it is there and how far away, RFC 9260 section 8.3. */
final class Heartbeat {
  /** RFC 9260 section 16, HB.interval. */
  static final long INTERVAL_NS = 30_000_000_000L;

  private static final int NONCE_BYTES = 16;

  private final RandomGenerator random;
  private final RetransmissionTimeout rto;
  private final Timer timer = new Timer();
  private byte @Nullable [] unanswered;
  private boolean idleUnanswered;
  private long sentNs;

  Heartbeat(RandomGenerator random, RetransmissionTimeout rto) {
    this.random = random;
    this.rto = rto;
  }

  /** The path was used, or the association begins: the idle time starts now. */
  void restart(long nowNs) {
    // RFC 9260 8.3: HB.interval plus the RTO, with a jitter of half the RTO either way.
    long rtoNs = rto.rtoNs();
    long jitterNs = (long) ((random.nextDouble() - 0.5) * rtoNs);
    timer.start(nowNs, INTERVAL_NS + rtoNs + jitterNs);
  }

  boolean expire(long nowNs) {
    return timer.expire(nowNs);
  }

  /**
   * Whether the one before on the idle path was not answered, which counts as an error (section
   * 8.3).
   */
  boolean isUnanswered() {
    return idleUnanswered;
  }

  /** The next one on an idle path; no answer will count as an error. */
  HeartbeatChunk next(long nowNs) {
    HeartbeatChunk chunk = probe(nowNs);
    idleUnanswered = true;
    restart(nowNs);
    return chunk;
  }

  /**
   * One that goes along with what T3-rtx sends again. RFC 9260 6.3.1 C5 measures no round trip with
   * that, so only this answer ends the backed-off RTO before new data is sent.
   */
  HeartbeatChunk probe(long nowNs) {
    byte[] nonce = new byte[NONCE_BYTES];
    new ByteWriter(nonce, 0).u64(nowNs).u64(random.nextLong());
    unanswered = nonce;
    sentNs = nowNs;
    return new HeartbeatChunk(nonce);
  }

  /** Whether this answers our last one, as its nonce proves; then the round trip is measured. */
  boolean onAck(HeartbeatAckChunk ack, long nowNs) {
    if (unanswered == null || !Arrays.equals(unanswered, ack.information())) {
      return false;
    }
    unanswered = null;
    idleUnanswered = false;
    rto.onMeasured(nowNs - sentNs);
    return true;
  }

  void stop() {
    timer.stop();
  }

  long deadlineNs() {
    return timer.deadlineNs();
  }

  /** The timer rests for a time in which no path was there; what was asked in it does not count. */
  void postpone(long durationNs) {
    timer.postpone(durationNs);
    unanswered = null;
    idleUnanswered = false;
  }
}
