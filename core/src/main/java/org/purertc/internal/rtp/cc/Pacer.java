package org.purertc.internal.rtp.cc;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.Timer;

/**
 * Holds packets back so that they leave at an even rate: a leaky bucket, whose debt drains at the
 * pacing rate. A packet leaves while there is no debt, and then adds to it.
 *
 * <p>Audio leaves at once and only adds to the debt.
 *
 * @param <P> a packet, of which only the size matters here
 */
public final class Pacer<P> {
  /** In the order in which they leave. */
  public enum Priority {
    AUDIO,
    RETRANSMISSION,
    VIDEO,
    PADDING
  }

  /** When packets would wait longer than this on average the rate is raised, as libwebrtc does. */
  private static final long QUEUE_LIMIT_NS = 2_000_000_000L;

  /** Timers are whole milliseconds: what becomes due before the next one may leave now. */
  private static final long QUANTUM_NS = 1_000_000L;

  /** A timer that is late by up to this makes up for it. */
  private static final long MAX_CREDIT_NS = 10_000_000L;

  /** Audio alone cannot block the rest for longer than this. */
  private static final long MAX_DEBT_NS = 500_000_000L;

  private record Waiting<P>(P packet, int bytes, long enqueuedNs) {}

  private final Queue<Waiting<P>> audio = new ArrayDeque<>();
  private final Queue<Waiting<P>> retransmissions = new ArrayDeque<>();
  private final Queue<Waiting<P>> video = new ArrayDeque<>();
  private final Queue<Waiting<P>> padding = new ArrayDeque<>();

  /** In the order in which they leave. */
  private final List<Queue<Waiting<P>>> queues = List.of(audio, retransmissions, video, padding);

  private final Prober prober = new Prober();
  private final long maxQueuedBytes;
  private final Consumer<P> dropped;
  private long bitsPerSecond;
  private long queuedBytes;
  private int queuedPackets;

  /** The sum of how long after {@link #epochNs} each packet was queued. */
  private long enqueuedSumNs;

  private long epochNs;
  private double debtBytes;
  private long drainedNs;
  private boolean started;
  private boolean stopped;
  private int probeClusterId;

  /**
   * @param maxQueuedBytes that may wait; a packet beyond is refused
   * @param dropped takes the packets that still waited when the pacer stopped
   */
  public Pacer(long bitsPerSecond, long maxQueuedBytes, Consumer<P> dropped) {
    this.maxQueuedBytes = maxQueuedBytes;
    this.dropped = dropped;
    setRate(bitsPerSecond);
  }

  public void setRate(long bitsPerSecond) {
    if (bitsPerSecond < 1) {
      throw new IllegalArgumentException(bitsPerSecond + " bit/s");
    }
    this.bitsPerSecond = bitsPerSecond;
  }

  public void probe(ProbeCluster cluster, long nowNs) {
    if (!stopped) {
      prober.add(cluster, nowNs);
    }
  }

  /** Queues a packet; false, and nothing done, when too much waits or the pacer was stopped. */
  public boolean enqueue(P packet, Priority priority, int bytes, long nowNs) {
    if (stopped || queuedBytes + bytes > maxQueuedBytes) {
      return false;
    }
    drain(nowNs);
    if (queuedPackets == 0) {
      epochNs = nowNs;
      enqueuedSumNs = 0;
    }
    queue(priority).add(new Waiting<>(packet, bytes, nowNs));
    queuedBytes += bytes;
    queuedPackets++;
    enqueuedSumNs += nowNs - epochNs;
    return true;
  }

  private Queue<Waiting<P>> queue(Priority priority) {
    return switch (priority) {
      case AUDIO -> audio;
      case RETRANSMISSION -> retransmissions;
      case VIDEO -> video;
      case PADDING -> padding;
    };
  }

  /** The next packet to send now, null when none is due. */
  public @Nullable P poll(long nowNs) {
    drain(nowNs);
    ProbeCluster probe = prober.current(queuedPackets > 0, nowNs);
    Waiting<P> sound = audio.poll();
    if (sound != null) {
      return take(sound, probe);
    }
    if (queuedPackets == 0 || waitNs(probe, nowNs) > 0) {
      return null;
    }
    for (Queue<Waiting<P>> queue : queues) {
      Waiting<P> next = queue.poll();
      if (next != null) {
        return take(next, probe);
      }
    }
    return null;
  }

  private P take(Waiting<P> next, @Nullable ProbeCluster probe) {
    queuedBytes -= next.bytes();
    queuedPackets--;
    enqueuedSumNs -= next.enqueuedNs() - epochNs;
    debtBytes += next.bytes();
    probeClusterId = probe == null ? ProbeCluster.NONE : probe.id();
    if (probe != null) {
      prober.onSent(probe, next.bytes());
    }
    return next.packet();
  }

  /** To which probe cluster the packet belongs that {@link #poll} gave last. */
  public int probeClusterId() {
    return probeClusterId;
  }

  /** How much padding to queue now, 0 when none: a probe needs more than there is of media. */
  public int paddingBytes(long nowNs) {
    drain(nowNs);
    ProbeCluster probe = prober.current(false, nowNs);
    if (probe == null || queuedPackets > 0 || waitNs(probe, nowNs) > 0) {
      return 0;
    }
    return Prober.paddingBytes(probe);
  }

  private void drain(long nowNs) {
    if (!started) {
      started = true;
      drainedNs = nowNs;
    }
    long elapsedNs = nowNs - drainedNs;
    if (elapsedNs <= 0) {
      return;
    }
    ProbeCluster probe = prober.current(false, nowNs);
    long rate = rate(probe, nowNs);
    boolean wanted = queuedPackets > 0 || probe != null;
    double least = wanted ? -Rates.bytes(rate, MAX_CREDIT_NS) : 0;
    double most = Rates.bytes(rate, MAX_DEBT_NS);
    double left = Math.min(debtBytes, most) - Rates.bytes(rate, elapsedNs);
    debtBytes = Math.max(left, Math.min(least, debtBytes));
    drainedNs = nowNs;
  }

  /** The rate at which debt drains: raised while the queue is too long. */
  private long rate(@Nullable ProbeCluster probe, long nowNs) {
    if (probe != null) {
      return Math.max(bitsPerSecond, probe.bitsPerSecond());
    }
    if (queuedPackets == 0) {
      return bitsPerSecond;
    }
    long leftNs = Math.max(QUANTUM_NS, QUEUE_LIMIT_NS - averageWaitNs(nowNs));
    return Math.max(bitsPerSecond, Rates.bitsPerSecond(queuedBytes, leftNs));
  }

  private long averageWaitNs(long nowNs) {
    return nowNs - epochNs - enqueuedSumNs / queuedPackets;
  }

  private long waitNs(@Nullable ProbeCluster probe, long nowNs) {
    long debtNs = Rates.durationNs(debtBytes, rate(probe, nowNs));
    return Math.max(0, debtNs - QUANTUM_NS);
  }

  /** When to {@link #poll} (and ask for padding) next. */
  public long nextDeadlineNs() {
    if (!audio.isEmpty()) {
      return drainedNs;
    }
    ProbeCluster probe = prober.current(queuedPackets > 0, drainedNs);
    if (queuedPackets == 0 && probe == null) {
      return Timer.NEVER;
    }
    // A probe that gets no padding is asked for it again with the next tick, not at once.
    long leastNs = queuedPackets == 0 ? QUANTUM_NS : 0;
    return drainedNs + Math.max(leastNs, waitNs(probe, drainedNs));
  }

  public long queuedBytes() {
    return queuedBytes;
  }

  /** Drops what waits and takes nothing any more. */
  public void stop() {
    stopped = true;
    prober.clear();
    for (Queue<Waiting<P>> queue : queues) {
      for (Waiting<P> waiting : queue) {
        dropped.accept(waiting.packet());
      }
      queue.clear();
    }
    queuedBytes = 0;
    queuedPackets = 0;
    enqueuedSumNs = 0;
  }
}
