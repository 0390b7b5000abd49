package org.purertc.internal.sctp;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;

/** Two directions of a path in virtual time, reproducible from a seed. */
final class LossyNetwork {
  /** One packet on its way; equal times keep the order of sending. */
  record Packet(long arrivalNs, long number, boolean toA, byte[] bytes)
      implements Comparable<Packet> {
    @Override
    public int compareTo(Packet other) {
      int byTime = Long.compare(arrivalNs, other.arrivalNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final Random random;
  private final PriorityQueue<Packet> onTheWay = new PriorityQueue<>();
  private long delayNs = 10_000_000L;
  private long jitterNs;
  private double loss;
  private double reorder;
  private double duplicate;
  private long bytesPerSecond;
  private final long[] freeAtNs = new long[2];
  private boolean up = true;
  private Predicate<Packet> drop = packet -> false;
  private long number;

  private LossyNetwork(long seed) {
    random = new Random(seed);
  }

  static LossyNetwork with(long seed) {
    return new LossyNetwork(seed);
  }

  LossyNetwork delayMs(long ms) {
    delayNs = ms * 1_000_000L;
    return this;
  }

  LossyNetwork jitterMs(long ms) {
    jitterNs = ms * 1_000_000L;
    return this;
  }

  LossyNetwork lossPercent(double percent) {
    loss = percent / 100;
    return this;
  }

  LossyNetwork reorderPercent(double percent) {
    reorder = percent / 100;
    return this;
  }

  LossyNetwork duplicatePercent(double percent) {
    duplicate = percent / 100;
    return this;
  }

  LossyNetwork bytesPerSecond(long rate) {
    bytesPerSecond = rate;
    return this;
  }

  /** Drops what the predicate names; replaces the one before. */
  LossyNetwork dropping(Predicate<Packet> predicate) {
    drop = predicate;
    return this;
  }

  LossyNetwork up(boolean isUp) {
    up = isUp;
    return this;
  }

  void send(boolean toA, byte[] buffer, int length, long nowNs) {
    Packet packet = new Packet(0, 0, toA, Arrays.copyOf(buffer, length));
    if (!up || drop.test(packet) || random.nextDouble() < loss) {
      return;
    }
    put(packet, nowNs);
    if (random.nextDouble() < duplicate) {
      put(packet, nowNs);
    }
  }

  private void put(Packet packet, long nowNs) {
    int direction = packet.toA ? 0 : 1;
    long startNs = Math.max(nowNs, freeAtNs[direction]);
    if (bytesPerSecond > 0) {
      startNs += packet.bytes.length * 1_000_000_000L / bytesPerSecond;
      freeAtNs[direction] = startNs;
    }
    long extraNs = jitterNs == 0 ? 0 : (long) (random.nextDouble() * jitterNs);
    if (random.nextDouble() < reorder) {
      extraNs += (long) (random.nextDouble() * (delayNs + jitterNs + 1_000_000L));
    }
    onTheWay.add(new Packet(startNs + delayNs + extraNs, number++, packet.toA, packet.bytes));
  }

  long nextArrivalNs() {
    Packet next = onTheWay.peek();
    return next == null ? Long.MAX_VALUE : next.arrivalNs;
  }

  Packet poll() {
    return onTheWay.poll();
  }

  void clear() {
    onTheWay.clear();
  }
}
