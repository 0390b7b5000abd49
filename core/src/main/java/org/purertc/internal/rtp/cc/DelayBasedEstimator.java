package org.purertc.internal.rtp.cc;

/** The rate that the path takes without its queues growing, draft-ietf-rmcat-gcc-02 section 5. */
final class DelayBasedEstimator {
  /** After such a pause the path may be another one. */
  private static final long TIMEOUT_NS = 2_000_000_000L;

  /** So long a probe shows in the trend, besides a round trip. */
  private static final long PROBE_SHADOW_NS = 300_000_000L;

  private final AimdRateControl control;
  private final InterArrival interArrival = new InterArrival();
  private TrendlineEstimator trendline = new TrendlineEstimator();
  private OveruseDetector detector = new OveruseDetector();
  private long probed;
  private long probedNs;
  private long lastNs;
  private boolean recovered;

  DelayBasedEstimator(long startBitsPerSecond, long minBitsPerSecond) {
    this.control = new AimdRateControl(startBitsPerSecond, minBitsPerSecond);
  }

  void setMin(long minBitsPerSecond) {
    control.setMin(minBitsPerSecond);
  }

  /** The rate at which a probe arrived. */
  void onProbed(long bitsPerSecond, long nowNs) {
    probed = bitsPerSecond;
    probedNs = nowNs;
    control.set(bitsPerSecond, nowNs);
  }

  /** A rate known otherwise. */
  void set(long bitsPerSecond, long nowNs) {
    control.set(bitsPerSecond, nowNs);
  }

  long bitsPerSecond() {
    return control.bitsPerSecond();
  }

  BandwidthUsage usage() {
    return detector.usage();
  }

  /** Whether with the last packets the queues had become empty after an overuse. */
  boolean hasRecovered() {
    return recovered;
  }

  void add(PacketResults results, long nowNs) {
    begin(nowNs);
    for (int i = 0; i < results.arrived(); i++) {
      compare(results.sentNs(i), results.arrivalNs(i));
    }
  }

  /** One packet, by the sender's clock and by ours. */
  void add(long sentNs, long arrivalNs, long nowNs) {
    begin(nowNs);
    compare(sentNs, arrivalNs);
  }

  private void begin(long nowNs) {
    if (nowNs - lastNs > TIMEOUT_NS) {
      interArrival.reset();
      trendline = new TrendlineEstimator();
      detector = new OveruseDetector();
    }
    lastNs = nowNs;
    recovered = false;
  }

  private void compare(long sentNs, long arrivalNs) {
    if (!interArrival.add(sentNs, arrivalNs)) {
      return;
    }
    BandwidthUsage before = detector.usage();
    double sendDeltaMs = interArrival.sendDeltaNs() / 1e6;
    trendline.add(interArrival.arrivalDeltaNs() / 1e6 - sendDeltaMs, arrivalNs);
    detector.add(trendline, sendDeltaMs, arrivalNs);
    recovered |= before == BandwidthUsage.UNDERUSING && detector.usage() == BandwidthUsage.NORMAL;
  }

  /** Moves the rate; to be called once after {@link #add}. */
  void update(AcknowledgedRate acknowledged, long roundTripNs, long nowNs) {
    switch (detector.usage()) {
      case OVERUSING -> reduce(acknowledged, roundTripNs, nowNs);
      case UNDERUSING -> control.onUnderuse();
      case NORMAL -> {
        long rate = acknowledged.isKnown() ? acknowledged.bitsPerSecond() : bitsPerSecond();
        control.onNormal(rate, roundTripNs, nowNs);
      }
    }
  }

  /** Packets are lost because a queue is full. */
  void onFullQueue(AcknowledgedRate acknowledged, long nowNs) {
    if (acknowledged.isKnown()) {
      control.onOveruse(acknowledged.bitsPerSecond(), nowNs);
    }
  }

  private void reduce(AcknowledgedRate acknowledged, long roundTripNs, long nowNs) {
    if (acknowledged.isKnown()) {
      // The queue that a probe made says nothing against the rate at which it arrived.
      boolean fresh = probed > 0 && nowNs - probedNs < PROBE_SHADOW_NS + roundTripNs;
      long rate = Math.max(acknowledged.bitsPerSecond(), fresh ? probed : 0);
      if (control.mayReduceTo(rate, roundTripNs, nowNs)) {
        control.onOveruse(rate, nowNs);
      }
    } else if (control.mayReduce(TIMEOUT_NS, nowNs)) {
      control.set(control.bitsPerSecond() / 2, nowNs);
    }
  }
}
