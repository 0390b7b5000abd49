package org.purertc.samples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two UDP ports and a bad network between them: what peer A sends to its port leaves from B's port
 * to peer B, and the other way round.
 *
 * <p>One thread, which never spins. It sleeps in the selector while the next datagram is more than
 * about a millisecond away, else in naps of at most {@value #NAP_NS} ns, because the selector knows
 * only whole milliseconds. A datagram never leaves before it is due. The aim, by the length of a
 * nap and not by a measurement, is below 0.3 ms after it on an idle machine; a busy one adds what
 * its scheduler takes.
 */
final class Relay implements AutoCloseable {
  static final long NAP_NS = 200_000;

  private static final long LONGEST_WAIT_NS = 200_000_000;
  private static final long MILLISECOND_NS = 1_000_000;
  private static final int BATCH = 64;
  private static final int LARGEST_DATAGRAM_BYTES = 65_535;

  private final Selector selector;
  private final RelaySide a;
  private final RelaySide b;
  private final ImpairedLink fromA;
  private final ImpairedLink fromB;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(LARGEST_DATAGRAM_BYTES);
  private volatile boolean stopped;
  private boolean blocked;

  private Relay(Selector selector, RelaySide a, RelaySide b, Impairment impairment, long seed) {
    this.selector = selector;
    this.a = a;
    this.b = b;
    SplittableRandom seeds = new SplittableRandom(seed);
    // One source each, so that the traffic of one direction does not change the other's fate.
    fromA = new ImpairedLink(impairment, seeds.split());
    fromB = new ImpairedLink(impairment, seeds.split());
  }

  /**
   * Opens the two ports.
   *
   * @param peers where the peers are, or not known: then the first datagram on a port tells
   */
  static Relay open(InetAddress listen, Peers peers, Impairment impairment, long seed)
      throws IOException {
    Selector selector = Selector.open();
    RelaySide a = null;
    try {
      a = RelaySide.open(listen, peers.a(), selector);
      RelaySide b = RelaySide.open(listen, peers.b(), selector);
      return new Relay(selector, a, b, impairment, seed);
    } catch (IOException e) {
      if (a != null) {
        a.close();
      }
      selector.close();
      throw e;
    }
  }

  /** Where peer A sends to. */
  InetSocketAddress addressForA() throws IOException {
    return a.address();
  }

  /** Where peer B sends to. */
  InetSocketAddress addressForB() throws IOException {
    return b.address();
  }

  /** What happened from A to B; to be read when {@link #run} is over. */
  LinkCounters fromA() {
    return fromA.counters();
  }

  LinkCounters fromB() {
    return fromB.counters();
  }

  /** Relays until {@link #stop}, or until so much time is over. */
  void run(long durationNs) throws IOException {
    long startNs = System.nanoTime();
    while (!stopped) {
      long nowNs = System.nanoTime();
      long leftNs = durationNs - (nowNs - startNs);
      if (leftNs <= 0) {
        return;
      }
      boolean receivedFromA = receive(a, fromA, nowNs);
      boolean receivedFromB = receive(b, fromB, nowNs);
      blocked = false;
      // Read again: what was received meanwhile must not leave later than it has to.
      nowNs = System.nanoTime();
      deliver(fromA, b, nowNs);
      deliver(fromB, a, nowNs);
      if (!receivedFromA && !receivedFromB) {
        await(Math.min(leftNs, LONGEST_WAIT_NS));
      }
    }
  }

  /** Other conditions of both directions, from any thread; the slowest hop stays. */
  void impair(Impairment impairment) {
    fromA.impair(impairment);
    fromB.impair(impairment);
  }

  /** Ends {@link #run} from any thread. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  private boolean receive(RelaySide side, ImpairedLink link, long nowNs) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      InetSocketAddress source = side.receive(incoming);
      if (source == null) {
        return i > 0;
      }
      if (side.isPeer(source)) {
        link.offer(incoming, nowNs);
      } else {
        link.counters().foreign++;
      }
    }
    return true;
  }

  private void deliver(ImpairedLink link, RelaySide to, long nowNs) {
    for (int i = 0; i < BATCH; i++) {
      ByteBuffer datagram = link.due(nowNs);
      if (datagram == null) {
        return;
      }
      int bytes = datagram.remaining();
      boolean delivered = to.knowsPeer();
      try {
        if (delivered && !to.send(datagram)) {
          blocked = true;
          return;
        }
      } catch (IOException e) {
        // A datagram that the host refuses is a loss, not the end of the relay.
        delivered = false;
      }
      link.leave(bytes, delivered);
    }
  }

  private void await(long longestNs) throws IOException {
    long nowNs = System.nanoTime();
    long waitNs = Math.min(untilDueNs(fromA, nowNs), untilDueNs(fromB, nowNs));
    waitNs = blocked ? NAP_NS : Math.min(waitNs, longestNs);
    if (waitNs > MILLISECOND_NS + NAP_NS) {
      selector.select((waitNs - NAP_NS) / MILLISECOND_NS);
      selector.selectedKeys().clear();
    } else if (waitNs > 0) {
      LockSupport.parkNanos(Math.min(waitNs, NAP_NS));
    }
  }

  private static long untilDueNs(ImpairedLink link, long nowNs) {
    return link.isEmpty() ? Long.MAX_VALUE : link.nextDueNs() - nowNs;
  }

  @Override
  public void close() throws IOException {
    a.close();
    b.close();
    selector.close();
  }

  /** The addresses of the two peers, as far as they are known. */
  record Peers(@Nullable InetSocketAddress a, @Nullable InetSocketAddress b) {
    static final Peers UNKNOWN = new Peers(null, null);
  }
}
