package org.purertc.internal.rtp.cc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.SequenceUnwrapper;
import org.purertc.internal.util.Timer;

/**
 * The receiving side of transport-wide congestion control: notes when packets arrived and tells the
 * sender, draft-holmer-rmcat-transport-wide-cc-extensions-01.
 *
 * <p>A packet that comes after its range was reported is told alone, so that nothing is ever said
 * twice, and nothing that arrived is called lost.
 */
public final class ArrivalRecorder {
  /** Between two feedbacks, as libwebrtc has it. */
  private static final long MIN_INTERVAL_NS = 50_000_000L;

  private static final long MAX_INTERVAL_NS = 250_000_000L;
  private static final long DEFAULT_INTERVAL_NS = 100_000_000L;

  /** What feedback may take of the bandwidth in its direction, and how much one is reckoned. */
  private static final double BANDWIDTH_FRACTION = 0.05;

  private static final int REPORT_BITS = 68 * 8;

  /**
   * In one feedback: 2 bytes of delta, 2 of a chunk and 2 of a chunk for a gap before it for each
   * keep it below 1,200 bytes.
   */
  private static final int MAX_ARRIVALS = 180;

  private static final int MAX_STATUSES = 0xffff;

  /** Arrivals that wait for feedback; more than 30 Mbit/s of small packets bring in 250 ms. */
  static final int MAX_WAITING = 4096;

  /** A jump so far is a sender that began anew, or garbage. */
  private static final int MAX_JUMP = 0x4000;

  private final long senderSsrc;
  private final Timer feedbackDue = new Timer();
  private long mediaSsrc;
  private long intervalNs = DEFAULT_INTERVAL_NS;
  private @Nullable SequenceUnwrapper unwrapper;

  /** Ascending by sequence number. */
  private long[] sequences = new long[64];

  private long[] ticks = new long[64];
  private int waiting;

  /** The first one that no feedback spoke of. */
  private long unreported;

  private int feedbackCount;
  private boolean due;

  /**
   * @param senderSsrc that our RTCP names as its sender
   */
  public ArrivalRecorder(long senderSsrc) {
    this.senderSsrc = senderSsrc;
  }

  /** The bandwidth in the direction of the feedback, from which its interval follows. */
  public void onSendBandwidth(long bitsPerSecond) {
    double interval = REPORT_BITS * 1e9 / Math.max(1, BANDWIDTH_FRACTION * bitsPerSecond);
    intervalNs = Math.max(MIN_INTERVAL_NS, Math.min(MAX_INTERVAL_NS, (long) interval));
  }

  /** Notes a packet with the 16 bits of its transport-wide sequence number. */
  public void onPacket(long mediaSsrc, int transportSequence, long arrivalNs) {
    this.mediaSsrc = mediaSsrc;
    long sequence = unwrap(transportSequence);
    int at = waiting;
    while (at > 0 && sequences[at - 1] > sequence) {
      at--;
    }
    if (waiting == MAX_WAITING || (at > 0 && sequences[at - 1] == sequence)) {
      return;
    }
    insert(at, sequence, Math.floorDiv(arrivalNs, TransportFeedback.DELTA_UNIT_NS));
    if (!feedbackDue.isRunning()) {
      feedbackDue.start(arrivalNs, intervalNs);
    }
  }

  private long unwrap(int transportSequence) {
    SequenceUnwrapper known = unwrapper;
    if (known != null && Math.abs(known.peek(transportSequence) - known.highest()) <= MAX_JUMP) {
      return known.unwrap(transportSequence);
    }
    unwrapper = new SequenceUnwrapper(16, transportSequence);
    unreported = transportSequence;
    waiting = 0;
    return transportSequence;
  }

  private void insert(int at, long sequence, long tick) {
    if (waiting == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * waiting);
      ticks = Arrays.copyOf(ticks, 2 * waiting);
    }
    System.arraycopy(sequences, at, sequences, at + 1, waiting - at);
    System.arraycopy(ticks, at, ticks, at + 1, waiting - at);
    sequences[at] = sequence;
    ticks[at] = tick;
    waiting++;
  }

  public long nextDeadlineNs() {
    return feedbackDue.deadlineNs();
  }

  /** After this {@link #poll} gives the feedback that became due. */
  public void onDeadline(long nowNs) {
    due |= feedbackDue.expire(nowNs);
  }

  /** The next feedback to send, several when one cannot hold it; null when none is due. */
  public @Nullable TransportFeedback poll() {
    if (!due || waiting == 0) {
      due = false;
      return null;
    }
    // What comes late is told without the packets around it, which were told already.
    boolean late = sequences[0] < unreported;
    long base = late ? sequences[0] : unreported;
    long reference = Math.floorDiv(ticks[0], ticksPerReference());
    int count = takeable(base, reference, late);
    TransportFeedback feedback = feedback(base, reference, count);
    if (!late) {
      unreported = sequences[count - 1] + 1;
    }
    waiting -= count;
    System.arraycopy(sequences, count, sequences, 0, waiting);
    System.arraycopy(ticks, count, ticks, 0, waiting);
    return feedback;
  }

  /** How many of those that wait fit into one feedback. */
  private int takeable(long base, long reference, boolean late) {
    long previous = reference * ticksPerReference();
    int count = 0;
    while (count < Math.min(waiting, MAX_ARRIVALS)) {
      boolean apart = late && count > 0 && sequences[count] != sequences[count - 1] + 1;
      boolean far = sequences[count] - base >= MAX_STATUSES || !fits(ticks[count] - previous);
      if (apart || far || (late && sequences[count] >= unreported)) {
        break;
      }
      previous = ticks[count];
      count++;
    }
    return count;
  }

  private static boolean fits(long delta) {
    return delta == (short) delta;
  }

  private static long ticksPerReference() {
    return TransportFeedback.REFERENCE_UNIT_NS / TransportFeedback.DELTA_UNIT_NS;
  }

  private TransportFeedback feedback(long base, long reference, int count) {
    int[] offsets = new int[count];
    int[] deltas = new int[count];
    long previous = reference * ticksPerReference();
    for (int i = 0; i < count; i++) {
      offsets[i] = (int) (sequences[i] - base);
      deltas[i] = (int) (ticks[i] - previous);
      previous = ticks[i];
    }
    return new TransportFeedback(
        senderSsrc,
        mediaSsrc,
        (int) base & 0xffff,
        offsets[count - 1] + 1,
        (int) reference << 8 >> 8,
        feedbackCount++ & 0xff,
        offsets,
        deltas);
  }
}
