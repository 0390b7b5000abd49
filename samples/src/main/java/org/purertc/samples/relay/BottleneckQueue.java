package org.purertc.samples.relay;

/**
 * The datagrams that wait for the slowest hop, as times at which each has left it.
 *
 * <p>No tokens: the hop is busy with each datagram for its serialisation time.
 */
final class BottleneckQueue {
  static final long FULL = -1;

  private final Impairment.Bottleneck bottleneck;
  private final long[] departuresNs;
  private final int[] sizes;
  private int head;
  private int packets;
  private long bytes;
  private long busyUntilNs = Long.MIN_VALUE;

  BottleneckQueue(Impairment.Bottleneck bottleneck) {
    this.bottleneck = bottleneck;
    departuresNs = new long[bottleneck.queuePackets()];
    sizes = new int[bottleneck.queuePackets()];
  }

  /** How long a datagram needs to pass the hop from now, {@link #FULL} when it may not wait. */
  long enter(int length, long nowNs) {
    if (bottleneck.bitsPerSecond() == 0) {
      return 0;
    }
    removeDeparted(nowNs);
    if (packets == departuresNs.length || bytes + length > bottleneck.queueBytes()) {
      return FULL;
    }
    long startNs = packets == 0 ? nowNs : Math.max(nowNs, busyUntilNs);
    busyUntilNs = startNs + bottleneck.serialisationNs(length);
    int tail = (head + packets) % departuresNs.length;
    departuresNs[tail] = busyUntilNs;
    sizes[tail] = length;
    packets++;
    bytes += length;
    return busyUntilNs - nowNs;
  }

  int packets() {
    return packets;
  }

  private void removeDeparted(long nowNs) {
    while (packets > 0 && departuresNs[head] - nowNs <= 0) {
      bytes -= sizes[head];
      head = (head + 1) % departuresNs.length;
      packets--;
    }
  }
}
