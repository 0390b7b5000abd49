package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * After the scenarios of RFC 8867 section 5, over one bottleneck: 50 ms each way unless said
 * otherwise, a queue of 300 ms that drops at its tail, feedback over a wide link unless it is what
 * is tested. Rates and times are those written here.
 */
final class Rfc8867 {
  private static final long WIDE = 100_000_000;
  private static final int DELAY_MS = 50;

  final VirtualTime time = new VirtualTime();
  final SplittableRandom random;
  final BottleneckLink link;
  final List<MediaFlow> flows = new ArrayList<>();
  private final BottleneckLink back;
  private final long seed;

  Rfc8867(long bitsPerSecond, long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.link = BottleneckLink.of(time, bitsPerSecond, random);
    this.back = BottleneckLink.of(time, WIDE, random);
  }

  private MediaFlow flow(int delayMs, double startSeconds) {
    MediaFlow flow = new MediaFlow(time, link, back, delayMs, random).startAt(startSeconds);
    flows.add(flow);
    return flow;
  }

  private void rate(BottleneckLink changed, double atSeconds, double megabits) {
    time.at((long) (atSeconds * 1e9), () -> changed.setRate((long) (megabits * 1e6)));
  }

  private void run(int seconds) {
    time.runUntil(seconds * VirtualTime.SECOND);
  }

  private double sum(double from, double to) {
    return flows.stream().mapToDouble(flow -> flow.record.megabits(from, to)).sum();
  }

  /** Jain's fairness index: 1 when all have the same. */
  private double fairness(double from, double to) {
    double squares =
        flows.stream().mapToDouble(f -> Math.pow(f.record.megabits(from, to), 2)).sum();
    return Math.pow(sum(from, to), 2) / (flows.size() * squares);
  }

  private void atLeast(double value, double bound, String what) {
    assertThat(value).as("%s, seed %d%n%s", what, seed, rates()).isGreaterThanOrEqualTo(bound);
  }

  private void atMost(double value, double bound, String what) {
    assertThat(value).as("%s, seed %d%n%s", what, seed, rates()).isLessThanOrEqualTo(bound);
  }

  private String rates() {
    StringBuilder text = new StringBuilder("Mbit/s by second:");
    flows.forEach(flow -> text.append('\n').append(flow.record.bySecond(125)));
    return text.toString();
  }

  /** Section 5.1. */
  static void variableCapacity(long seed) {
    Rfc8867 net = new Rfc8867(1_000_000, seed);
    FlowRecord record = net.flow(DELAY_MS, 0).record;
    net.rate(net.link, 40, 2.5);
    net.rate(net.link, 60, 0.6);
    net.rate(net.link, 80, 1);
    net.run(100);
    net.atLeast(record.megabits(5, 40), 0.85, "5.1 of 1 Mbit/s");
    net.atLeast(record.megabits(55, 60), 0.75 * 2.5, "5.1 of 2.5 Mbit/s after 15 s");
    net.atLeast(record.megabits(65, 80), 0.85 * 0.6, "5.1 of 0.6 Mbit/s");
    net.atLeast(record.megabits(92, 100), 0.8, "5.1 of 1 Mbit/s again");
    net.atMost(record.queueMs(0.95, 5, 60), 80, "5.1 queue ms before the drop");
    net.atMost(record.queueMs(0.95, 72, 100), 100, "5.1 queue ms after the drop and 12 s");
    net.atMost(record.lossFraction(5, 60), 0.001, "5.1 loss before the drop");
    net.atMost(record.lossFraction(70, 100), 0.01, "5.1 loss after the drop and 10 s");
  }

  /** Section 5.2. */
  static void variableCapacityOfTwo(long seed) {
    Rfc8867 net = new Rfc8867(4_000_000, seed);
    net.flow(DELAY_MS, 0);
    net.flow(DELAY_MS, 0);
    net.rate(net.link, 25, 2);
    net.rate(net.link, 50, 3.5);
    net.rate(net.link, 75, 1);
    net.rate(net.link, 100, 2);
    net.run(125);
    net.atLeast(net.sum(15, 25), 0.85 * 4, "5.2 of 4 Mbit/s");
    net.atLeast(net.sum(40, 50), 0.85 * 2, "5.2 of 2 Mbit/s");
    net.atLeast(net.sum(65, 75), 0.8 * 3.5, "5.2 of 3.5 Mbit/s");
    net.atLeast(net.sum(90, 100), 0.85, "5.2 of 1 Mbit/s");
    net.atLeast(net.sum(115, 125), 0.8 * 2, "5.2 of 2 Mbit/s again");
    net.atLeast(net.fairness(5, 125), 0.8, "5.2 fairness");
    net.atMost(net.flows.get(0).record.queueMs(0.95, 115, 125), 100, "5.2 queue ms at the end");
  }

  /** Section 5.3: the feedback of each goes through the bottleneck of the other. */
  static void congestedFeedback(long seed) {
    Rfc8867 net = new Rfc8867(2_000_000, seed);
    BottleneckLink reverse = BottleneckLink.of(net.time, 2_000_000, net.random);
    MediaFlow there = new MediaFlow(net.time, net.link, reverse, DELAY_MS, net.random).startAt(0);
    MediaFlow here = new MediaFlow(net.time, reverse, net.link, DELAY_MS, net.random).startAt(0);
    net.flows.addAll(List.of(there, here));
    net.rate(net.link, 20, 1);
    net.rate(net.link, 40, 0.5);
    net.rate(net.link, 60, 2);
    net.rate(reverse, 35, 0.8);
    net.rate(reverse, 70, 2);
    net.run(100);
    net.atLeast(there.record.megabits(10, 20), 0.85 * 2, "5.3 there, of 2 Mbit/s");
    net.atLeast(there.record.megabits(30, 40), 0.8, "5.3 there, of 1 Mbit/s");
    net.atLeast(there.record.megabits(50, 60), 0.8 * 0.5, "5.3 there, of 0.5 Mbit/s");
    net.atLeast(there.record.megabits(88, 100), 0.75 * 2, "5.3 there, of 2 Mbit/s again");
    net.atLeast(here.record.megabits(20, 35), 0.85 * 2, "5.3 here, of 2 Mbit/s");
    net.atLeast(here.record.megabits(50, 70), 0.8 * 0.8, "5.3 here, of 0.8 Mbit/s");
    net.atLeast(here.record.megabits(90, 100), 0.75 * 2, "5.3 here, of 2 Mbit/s again");
    net.atMost(there.record.queueMs(0.95, 88, 100), 100, "5.3 there, queue ms at the end");
    net.atMost(here.record.queueMs(0.95, 88, 100), 100, "5.3 here, queue ms at the end");
  }

  /** Section 5.4. */
  static void competingMedia(long seed) {
    Rfc8867 net = new Rfc8867(3_500_000, seed);
    for (int i = 0; i < 3; i++) {
      net.flow(DELAY_MS, 20 * i);
    }
    net.run(120);
    net.atLeast(net.sum(60, 120), 0.85 * 3.5, "5.4 of 3.5 Mbit/s");
    net.atLeast(net.fairness(60, 120), 0.75, "5.4 fairness in the last minute");
    net.atMost(net.flows.get(2).record.queueMs(0.95, 60, 120), 65, "5.4 queue ms");
    net.atMost(net.flows.get(2).record.lossFraction(60, 120), 0.001, "5.4 loss");
  }

  /** Section 5.5. */
  static void roundTripFairness(long seed) {
    Rfc8867 net = new Rfc8867(4_000_000, seed);
    int[] delaysMs = {10, 25, 50, 100, 150};
    for (int i = 0; i < delaysMs.length; i++) {
      net.flow(delaysMs[i], 10 * i);
    }
    net.run(300);
    net.atLeast(net.sum(100, 300), 0.85 * 4, "5.5 of 4 Mbit/s");
    net.atLeast(net.fairness(100, 300), 0.7, "5.5 fairness");
    net.atMost(net.flows.get(4).record.queueMs(0.95, 100, 300), 65, "5.5 queue ms");
  }

  /**
   * Section 5.6. TCP fills the queue whatever media does; media keeps a sixth at least and TCP gets
   * the rest, as the delay is what media yields to.
   */
  static void longTcp(long seed) {
    Rfc8867 net = new Rfc8867(2_000_000, seed);
    MediaFlow media = net.flow(DELAY_MS, 0);
    WindowFlow tcp = new WindowFlow(net.time, net.link, DELAY_MS).startAt(20, 1_000_000_000L);
    net.run(120);
    net.atLeast(media.record.megabits(60, 120), 0.15 * 2, "5.6 media beside TCP");
    net.atLeast(tcp.record.megabits(60, 120), 0.3 * 2, "5.6 TCP beside media");
    net.atLeast(
        media.record.megabits(60, 120) + tcp.record.megabits(60, 120), 0.9 * 2, "5.6 together");
  }

  /**
   * Section 5.7: ten flows that each come for 100 kB to 1 MB and then pause 10 s on average, which
   * is more than the path takes. Media keeps about half of a fair share: each start of a flow is an
   * overuse, and what it costs takes seconds to come back.
   */
  static void shortTcp(long seed) {
    Rfc8867 net = new Rfc8867(2_000_000, seed);
    MediaFlow media = net.flow(DELAY_MS, 0);
    for (int i = 0; i < 10; i++) {
      WindowFlow tcp = new WindowFlow(net.time, net.link, DELAY_MS);
      tcp.startAt(pause(net.random), net.random.nextLong(100_000, 1_000_000));
      tcp.whenDone(
          () ->
              tcp.startAt(
                  net.time.nowNs() / 1e9 + pause(net.random),
                  net.random.nextLong(100_000, 1_000_000)));
    }
    net.run(120);
    net.atLeast(media.record.megabits(20, 120), 0.1, "5.7 media beside short TCP");
  }

  private static double pause(SplittableRandom random) {
    return -10 * Math.log(1 - random.nextDouble());
  }

  /** Section 5.8. */
  static void pauseAndResume(long seed) {
    Rfc8867 net = new Rfc8867(3_500_000, seed);
    for (int i = 0; i < 3; i++) {
      net.flow(DELAY_MS, 0);
    }
    net.flows.get(0).pauseAt(40);
    net.flows.get(0).startAt(60);
    net.run(120);
    net.atLeast(net.sum(20, 40), 0.85 * 3.5, "5.8 of 3.5 Mbit/s");
    net.atLeast(net.sum(50, 60), 0.8 * 3.5, "5.8 the other two while one pauses");
    net.atLeast(net.sum(80, 120), 0.85 * 3.5, "5.8 all three again");
    net.atLeast(net.fairness(80, 120), 0.75, "5.8 fairness after the pause");
    net.atMost(net.flows.get(0).record.queueMs(0.95, 62, 120), 100, "5.8 queue ms after it");
  }

  /** Jitter and loss that have nothing to do with the rate. */
  static void jitterAndRandomLoss(long seed) {
    VirtualTime time = new VirtualTime();
    SplittableRandom random = new SplittableRandom(seed);
    BottleneckLink noisy = new BottleneckLink(time, 2_000_000, 300, 30, 0.01, random);
    Rfc8867 net = new Rfc8867(WIDE, seed);
    MediaFlow flow =
        new MediaFlow(time, noisy, BottleneckLink.of(time, WIDE, random), DELAY_MS, random);
    net.flows.add(flow.startAt(0));
    time.runUntil(60 * VirtualTime.SECOND);
    net.atLeast(flow.record.megabits(20, 60), 0.8 * 2, "jitter of 30 ms and 1 % of loss");
    net.atMost(flow.record.queueMs(0.95, 20, 60), 100, "jitter, queue ms");
  }
}
