package org.purertc.internal.rtp.cc;

/** How fast the packets of probe clusters arrived. */
final class ProbeRates {
  /** Only the newest clusters are still on their way. */
  private static final int CLUSTERS = 16;

  /** Of its packets and bytes so much must have arrived. */
  private static final double MIN_ARRIVED = 0.8;

  private static final double MAX_RATIO = 2;

  /** A cluster that arrived slower than this ratio filled the path. */
  private static final double UNSATURATED_RATIO = 0.9;

  private static final double UTILISATION = 0.95;
  private static final long MAX_INTERVAL_NS = 1_000_000_000L;

  private static final class Measured {
    private ProbeCluster cluster = new ProbeCluster(ProbeCluster.NONE, 1, 0, 0);
    private int packets;
    private int bytes;
    private long firstSentNs;
    private long lastSentNs;
    private int lastSentBytes;
    private long firstArrivalNs;
    private int firstArrivalBytes;
    private long lastArrivalNs;
  }

  private final Measured[] measured = new Measured[CLUSTERS];

  ProbeRates() {
    for (int i = 0; i < CLUSTERS; i++) {
      measured[i] = new Measured();
    }
  }

  /** Expects the packets of a cluster. */
  void expect(ProbeCluster cluster) {
    Measured fresh = new Measured();
    fresh.cluster = cluster;
    measured[cluster.id() % CLUSTERS] = fresh;
  }

  /** Takes the packets; the rate that the newest of their complete clusters shows, 0 for none. */
  long add(PacketResults results) {
    long rate = 0;
    for (int i = 0; i < results.arrived(); i++) {
      int id = results.probeClusterId(i);
      if (id == ProbeCluster.NONE) {
        continue;
      }
      Measured probe = measured[id % CLUSTERS];
      if (probe.cluster.id() == id) {
        add(probe, results, i);
        long shown = rate(probe);
        rate = shown > 0 ? shown : rate;
      }
    }
    return rate;
  }

  private static void add(Measured probe, PacketResults results, int i) {
    long sentNs = results.sentNs(i);
    long arrivalNs = results.arrivalNs(i);
    boolean first = probe.packets == 0;
    if (first || sentNs < probe.firstSentNs) {
      probe.firstSentNs = sentNs;
    }
    if (first || sentNs > probe.lastSentNs) {
      probe.lastSentNs = sentNs;
      probe.lastSentBytes = results.bytes(i);
    }
    if (first || arrivalNs < probe.firstArrivalNs) {
      probe.firstArrivalNs = arrivalNs;
      probe.firstArrivalBytes = results.bytes(i);
    }
    if (first || arrivalNs > probe.lastArrivalNs) {
      probe.lastArrivalNs = arrivalNs;
    }
    probe.packets++;
    probe.bytes += results.bytes(i);
  }

  private static long rate(Measured probe) {
    if (probe.packets < MIN_ARRIVED * probe.cluster.minPackets()
        || probe.bytes < MIN_ARRIVED * probe.cluster.minBytes()) {
      return 0;
    }
    long sendNs = probe.lastSentNs - probe.firstSentNs;
    long arrivalNs = probe.lastArrivalNs - probe.firstArrivalNs;
    if (sendNs <= 0 || sendNs > MAX_INTERVAL_NS || arrivalNs <= 0 || arrivalNs > MAX_INTERVAL_NS) {
      return 0;
    }
    // An interval between packets does not hold the last one sent, nor the first one received.
    long sent = Rates.bitsPerSecond(probe.bytes - probe.lastSentBytes, sendNs);
    long received = Rates.bitsPerSecond(probe.bytes - probe.firstArrivalBytes, arrivalNs);
    if (received > MAX_RATIO * sent) {
      return 0;
    }
    return received < UNSATURATED_RATIO * sent
        ? (long) (UTILISATION * received)
        : Math.min(sent, received);
  }
}
