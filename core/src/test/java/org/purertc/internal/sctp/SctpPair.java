package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.purertc.internal.util.Timer;

/** Two associations and the network between them, in virtual time. */
final class SctpPair {
  private static final int MAX_TURNS = 2_000_000;

  final LossyNetwork network;
  final SctpEnd a;
  final SctpEnd b;
  private final long seed;
  private long nowNs;

  SctpPair(LossyNetwork network, SctpConfig config, long seed) {
    this.network = network;
    this.seed = seed;
    a = new SctpEnd(config, seed * 2 + 1);
    b = new SctpEnd(config, seed * 2 + 2);
  }

  static SctpPair over(LossyNetwork network, long seed) {
    return new SctpPair(network, SctpConfig.DEFAULT, seed);
  }

  /** Connected from both sides at once over a good network. */
  static SctpPair connected() {
    SctpPair pair = over(LossyNetwork.with(1), 1);
    pair.connect();
    pair.runFor(ms(200));
    assertThat(pair.a.association.isConnected()).isTrue();
    assertThat(pair.b.association.isConnected()).isTrue();
    return pair;
  }

  static long ms(long ms) {
    return ms * 1_000_000L;
  }

  long nowNs() {
    return nowNs;
  }

  void connect() {
    a.association.connect(nowNs);
    b.association.connect(nowNs);
    drain();
  }

  void send(SctpEnd from, int streamId, byte[] message) {
    send(from, streamId, message, SendOptions.RELIABLE);
  }

  void send(SctpEnd from, int streamId, byte[] message, SendOptions options) {
    assertThat(from.association.send(streamId, 53, message, options, nowNs))
        .isEqualTo(SctpAssociation.SendResult.QUEUED);
  }

  /** One instant: what arrives, what expires, then what goes out. */
  private void turn(long atNs) {
    nowNs = atNs;
    a.nowNs = atNs;
    b.nowNs = atNs;
    while (network.nextArrivalNs() <= nowNs) {
      LossyNetwork.Packet packet = network.poll();
      (packet.toA() ? a : b).receive(packet.bytes());
    }
    expire(a);
    expire(b);
    drain();
  }

  private void expire(SctpEnd end) {
    if (end.association.nextDeadlineNs() <= nowNs) {
      end.association.onDeadline(nowNs);
    }
  }

  void drain() {
    drain(a, false);
    drain(b, true);
  }

  private void drain(SctpEnd end, boolean toA) {
    end.nowNs = nowNs;
    end.drain();
    for (byte[] packet : end.takePackets()) {
      network.send(toA, packet, packet.length, nowNs);
    }
  }

  private long nextNs() {
    long deadlineNs = Math.min(a.association.nextDeadlineNs(), b.association.nextDeadlineNs());
    return Math.max(nowNs, Math.min(deadlineNs, network.nextArrivalNs()));
  }

  void runUntil(long untilNs) {
    drain();
    for (int turns = 0; nextNs() <= untilNs; turns++) {
      if (turns > MAX_TURNS) {
        throw new AssertionError("seed " + seed + " never comes to rest");
      }
      turn(nextNs());
    }
    turn(untilNs);
  }

  void runFor(long durationNs) {
    runUntil(nowNs + durationNs);
  }

  /** Until everything is acknowledged, or the time is over. */
  void runUntilIdle(long limitNs) {
    drain();
    long untilNs = nowNs + limitNs;
    while (!(a.association.isIdle() && b.association.isIdle()) && nextNs() <= untilNs) {
      turn(nextNs());
    }
    assertThat(a.association.isIdle() && b.association.isIdle())
        .as("everything acknowledged, seed " + seed)
        .isTrue();
  }

  /** Ends both and checks that nothing is left. */
  void shutDownAndAssertNothingLeft() {
    a.association.shutdown(nowNs);
    runFor(ms(600_000));
    for (SctpEnd end : new SctpEnd[] {a, b}) {
      assertThat(end.association.nextDeadlineNs()).as("timer, seed " + seed).isEqualTo(Timer.NEVER);
      assertThat(end.association.queuedBytes()).as("queue, seed " + seed).isZero();
      assertThat(end.events).as("events, seed " + seed).anyMatch(e -> e.startsWith("closed"));
    }
  }
}
