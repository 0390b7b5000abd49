package org.purertc.dtls;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures, prints, asserts nothing: 1,000 handshakes at once over 5 % loss beside 500 peers that
 * stall; ten beside them; closing in mid-handshake; heap of idle connected transports. Takes less
 * than 90 seconds.
 *
 * <p>{@code java -cp ... org.purertc.dtls.HandshakeStorm}, figures in docs/benchmarks.md.
 */
public final class HandshakeStorm {

  private static final int PAIRS = 1000;
  private static final int STALLED = 500;
  private static final int HONEST = 10;
  private static final double LOSS = 0.05;
  private static final long SEED = 20_261_121;
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Random random = new Random(SEED);
  private final DtlsTransports transports = new DtlsTransports(DtlsCertificate.generate(), null);
  private final List<Fingerprint> fingerprints = List.of(transports.certificate().fingerprint());
  private int peakThreads;
  private int connected;
  private int failed;
  private int failedPairEnds;
  private long lastConnectedNs;

  private HandshakeStorm() {}

  public static void main(String[] arguments) {
    System.out.printf("Java %s, %d processors%n", Runtime.version(), processors());
    HandshakeStorm warmUp = new HandshakeStorm();
    warmUp.shakeHands(100, 0, 0);
    warmUp.transports.close();
    new HandshakeStorm().measure();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void measure() {
    long before = usedHeapBytes();
    int threadsBefore = threads();
    List<DtlsTransport> quiet = shakeHands(PAIRS, 0, 0);
    report("heap per idle transport, before data", before, quiet.size());
    exchangeData(quiet);
    report("heap per idle transport, after data", before, quiet.size());
    quiet.forEach(DtlsTransport::close);
    quiet.clear();
    tasks.clear();

    List<DtlsTransport> stormy = shakeHands(PAIRS, STALLED, LOSS);
    report("heap per idle transport of the storm", before, stormy.size());
    stormy.forEach(DtlsTransport::close);
    stormy.clear();
    tasks.clear();
    shakeHands(HONEST, STALLED, 0).forEach(DtlsTransport::close);
    tasks.clear();
    closeInMidHandshake();
    letThreadsEnd();
    System.out.printf(
        "heap after all were closed: %,d KB more than before%n", (usedHeapBytes() - before) / 1024);
    transports.close();
    joinThreads();
    System.out.printf("threads before %d, after %d%n", threadsBefore, threads());
  }

  private List<DtlsTransport> shakeHands(int pairs, int stalled, double loss) {
    connected = 0;
    failed = 0;
    failedPairEnds = 0;
    peakThreads = 0;
    List<DtlsTransport> all = new ArrayList<>();
    long startNs = System.nanoTime();
    long cpuNs = processCpuNs();
    List<DtlsTransport> silent = new ArrayList<>();
    for (int i = 0; i < stalled; i++) {
      DtlsTransport transport =
          transports.create(tasks::add, (buffer, offset, length) -> {}, new Counter(false));
      transport.handshakeRoundTrip(0);
      transport.start(DtlsRole.CLIENT, System.nanoTime());
      silent.add(transport);
    }
    for (int i = 0; i < pairs; i++) {
      startPair(all, loss);
    }
    runUntil(2 * pairs, startNs);
    double seconds = (lastConnectedNs - startNs) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d pairs, %d stalled, loss %.0f %%: %d transports connected, %d failed, last connected"
            + " after %.2f s,"
            + " %.0f set-ups/s, %.1f CPU ms a pair, peak %d platform threads%n",
        pairs,
        stalled,
        loss * 100,
        connected,
        failed,
        seconds,
        connected / 2 / seconds,
        (processCpuNs() - cpuNs) / 1e6 / Math.max(1, pairs),
        peakThreads);
    silent.forEach(DtlsTransport::close);
    all.removeIf(end -> end.state() != DtlsState.CONNECTED);
    return all;
  }

  private void startPair(List<DtlsTransport> all, double loss) {
    DtlsTransport[] ends = new DtlsTransport[2];
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      ends[i] =
          transports.create(
              tasks::add,
              (buffer, offset, length) -> {
                if (random.nextDouble() >= loss) {
                  byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
                  tasks.add(() -> deliver(ends[other], datagram));
                }
              },
              new Counter(true));
      ends[i].setRemoteFingerprints(fingerprints);
      ends[i].handshakeRoundTrip(TimeUnit.MILLISECONDS.toNanos(50));
      all.add(ends[i]);
    }
    ends[0].start(DtlsRole.SERVER, System.nanoTime());
    ends[1].start(DtlsRole.CLIENT, System.nanoTime());
  }

  private static void deliver(DtlsTransport end, byte[] datagram) {
    end.receive(datagram, 0, datagram.length, System.nanoTime());
  }

  private void runUntil(int transportsConnected, long startNs) {
    int turns = 0;
    while (connected + failedPairEnds < transportsConnected
        && System.nanoTime() - startNs < LIMIT_NS) {
      try {
        Runnable task = tasks.poll(100, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (turns++ % 100 == 0) {
        peakThreads = Math.max(peakThreads, threads());
      }
    }
  }

  private void exchangeData(List<DtlsTransport> ends) {
    byte[] data = new byte[100];
    ends.forEach(end -> end.send(data, 0, data.length));
    runReady();
  }

  private void runReady() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }

  private void closeInMidHandshake() {
    List<DtlsTransport> all = new ArrayList<>();
    long startNs = System.nanoTime();
    connected = 0;
    failedPairEnds = 0;
    for (int i = 0; i < PAIRS; i++) {
      startPair(all, LOSS);
    }
    runUntil(PAIRS / 2, startNs);
    long closeNs = System.nanoTime();
    all.forEach(DtlsTransport::close);
    double closing = (System.nanoTime() - closeNs) / 1e6;
    runReady();
    System.out.printf(
        Locale.ROOT,
        "closed %d transports in mid-handshake (%d were connected) in %.0f ms%n",
        all.size(),
        connected,
        closing);
  }

  /** Cancelled handshakes unwind on their own threads; virtual ones cannot be joined from here. */
  private void letThreadsEnd() {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (System.nanoTime() < deadlineNs) {
      try {
        Runnable task = tasks.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (task != null) {
          task.run();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void report(String what, long beforeBytes, int count) {
    System.out.printf(
        "%s: %,d bytes%n", what, (usedHeapBytes() - beforeBytes) / Math.max(1, count));
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long processCpuNs() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getProcessCpuTime()
        : 0;
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void joinThreads() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("purertc-dtls")) {
        try {
          thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private final class Counter implements DtlsListener {
    private final boolean hasPeer;

    Counter(boolean hasPeer) {
      this.hasPeer = hasPeer;
    }

    @Override
    public void onConnected(DtlsSession session, long nowNs) {
      connected++;
      lastConnectedNs = System.nanoTime();
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {}

    @Override
    public void onFailed(String reason) {
      failed++;
      failedPairEnds += hasPeer ? 1 : 0;
    }

    @Override
    public void onClosed() {}
  }
}
