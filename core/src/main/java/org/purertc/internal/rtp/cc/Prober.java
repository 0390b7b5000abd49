package org.purertc.internal.rtp.cc;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The probe clusters that a {@link Pacer} is to send, one after the other. */
final class Prober {
  /** More are not waited for: what they were to find out is outdated. */
  private static final int MAX_CLUSTERS = 8;

  private static final long MAX_WAIT_NS = 5_000_000_000L;

  /** A cluster that takes longer than it should measures nothing. */
  private static final long MAX_SENDING_NS = 200_000_000L;

  /** What is asked for at once: 2 ms at the rate of the cluster, as libwebrtc has it. */
  private static final long CHUNK_NS = 2_000_000L;

  private record Waiting(ProbeCluster cluster, long sinceNs) {}

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private @Nullable ProbeCluster active;
  private long activeSinceNs;
  private int sentBytes;
  private int sentPackets;

  void add(ProbeCluster cluster, long nowNs) {
    if (waiting.size() < MAX_CLUSTERS) {
      waiting.add(new Waiting(cluster, nowNs));
    }
  }

  /** The cluster that packets now belong to; it begins when there is media to send. */
  @Nullable ProbeCluster current(boolean hasMedia, long nowNs) {
    if (active != null && nowNs - activeSinceNs > MAX_SENDING_NS) {
      active = null;
    }
    while (active == null && hasMedia && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      if (nowNs - next.sinceNs() <= MAX_WAIT_NS) {
        begin(next.cluster(), nowNs);
      }
    }
    return active;
  }

  private void begin(ProbeCluster cluster, long nowNs) {
    active = cluster;
    activeSinceNs = nowNs;
    sentBytes = 0;
    sentPackets = 0;
  }

  void onSent(ProbeCluster cluster, int bytes) {
    sentBytes += bytes;
    sentPackets++;
    if (sentBytes >= cluster.minBytes() && sentPackets >= cluster.minPackets()) {
      active = null;
    }
  }

  /** How much padding to send at once when there is no media. */
  static int paddingBytes(ProbeCluster cluster) {
    return (int) Math.max(1, Rates.bytes(cluster.bitsPerSecond(), CHUNK_NS));
  }

  void clear() {
    waiting.clear();
    active = null;
  }
}
