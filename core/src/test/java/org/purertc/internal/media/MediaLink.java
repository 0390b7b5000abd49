package org.purertc.internal.media;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.NtpClock;

/** Two {@link MediaEnd}s that have agreed on audio and video, and the network between them. */
final class MediaLink {
  static final long MS = 1_000_000;
  private static final NtpClock CLOCK = new NtpClock(0xe000_1000_0000_0000L, 0);

  private record Datagram(long arrivalNs, long number, MediaEnd to, boolean isRtcp, byte[] bytes)
      implements Comparable<Datagram> {
    @Override
    public int compareTo(Datagram other) {
      int byTime = Long.compare(arrivalNs, other.arrivalNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  final MediaEnd a;
  final MediaEnd b;
  private final PriorityQueue<Datagram> onTheWay = new PriorityQueue<>();
  private final Random random;
  private long nowNs;
  private long number;
  long delayNs;
  long jitterNs;
  double loss;

  MediaLink(long seed) {
    this(seed, CLOCK, new Random(seed), 0);
  }

  /** Where the offer is changed on its way. */
  MediaLink(long seed, UnaryOperator<String> change) {
    this(seed, CLOCK, new Random(seed), 0, change);
  }

  /**
   * @param numbers with which the streams begin
   */
  MediaLink(long seed, NtpClock clock, RandomGenerator numbers, long startNs) {
    this(seed, clock, numbers, startNs, offer -> offer);
  }

  private MediaLink(
      long seed,
      NtpClock clock,
      RandomGenerator numbers,
      long startNs,
      UnaryOperator<String> change) {
    random = new Random(seed);
    nowNs = startNs;
    a = new MediaEnd(true, clock, numbers, startNs);
    b = new MediaEnd(false, clock, numbers, startNs);
    a.out = (isRtcp, bytes) -> post(b, isRtcp, bytes);
    b.out = (isRtcp, bytes) -> post(a, isRtcp, bytes);
    a.add(MediaKind.AUDIO);
    a.add(MediaKind.VIDEO);
    try {
      a.answered(b.answer(change.apply(a.offer().toString())).toString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    a.connect();
    b.connect();
  }

  private void post(MediaEnd to, boolean isRtcp, byte[] bytes) {
    if (random.nextDouble() >= loss) {
      long late = jitterNs == 0 ? 0 : random.nextLong(jitterNs);
      onTheWay.add(new Datagram(nowNs + delayNs + late, number++, to, isRtcp, bytes));
    }
  }

  long nowNs() {
    return nowNs;
  }

  void runFor(long ns) {
    long endNs = nowNs + ns;
    while (true) {
      Datagram next = onTheWay.peek();
      long arrivalNs = next == null ? Long.MAX_VALUE : next.arrivalNs;
      long dueNs = Math.min(a.session.nextDeadlineNs(), b.session.nextDeadlineNs());
      long thenNs = Math.max(nowNs, Math.min(arrivalNs, dueNs));
      if (thenNs > endNs) {
        break;
      }
      nowNs = thenNs;
      a.runTo(nowNs);
      b.runTo(nowNs);
      if (next != null && arrivalNs <= nowNs) {
        onTheWay.remove();
        next.to.receive(next.isRtcp, next.bytes);
      }
    }
    nowNs = endNs;
    a.runTo(nowNs);
    b.runTo(nowNs);
  }
}
