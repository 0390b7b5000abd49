package org.purertc.internal.sctp.tx;

/** RTO from measured round trips, RFC 9260 section 6.3. */
public final class RetransmissionTimeout {
  /** RFC 9260 section 16 has 1 s; paths of WebRTC are shorter than its delayed SACKs. */
  public static final long MIN_NS = 400_000_000L;

  /** RFC 9260 section 16, RTO.Max. */
  public static final long MAX_NS = 60_000_000_000L;

  /** RFC 9260 section 16, RTO.Initial. */
  public static final long INITIAL_NS = 1_000_000_000L;

  /** The least first value that a round trip measured by somebody else can give. */
  private static final long INITIAL_MIN_NS = 200_000_000L;

  private long initialNs = INITIAL_NS;
  private long rtoNs = INITIAL_NS;
  private long smoothedNs = -1;
  private long variationNs;

  public long rtoNs() {
    return rtoNs;
  }

  /** Smoothed round trip, -1 before the first measurement. */
  public long smoothedNs() {
    return smoothedNs;
  }

  /** A first value from a round trip that was measured below SCTP. */
  public void initialRoundTrip(long rttNs) {
    // RFC 9260 6.3.1 C2 with RTTVAR = R/2 gives RTO = 3 R for the first measurement.
    initialNs = Math.min(Math.max(3 * rttNs, INITIAL_MIN_NS), INITIAL_NS);
    if (smoothedNs < 0) {
      rtoNs = initialNs;
    }
  }

  /** RFC 9260 section 6.3.1, C2 to C7. */
  public void onMeasured(long rttNs) {
    if (smoothedNs < 0) {
      smoothedNs = rttNs;
      variationNs = rttNs / 2;
    } else {
      // RTO.Beta = 1/4, RTO.Alpha = 1/8.
      variationNs += (Math.abs(smoothedNs - rttNs) - variationNs) / 4;
      smoothedNs += (rttNs - smoothedNs) / 8;
    }
    rtoNs = Math.min(Math.max(smoothedNs + 4 * variationNs, MIN_NS), MAX_NS);
  }

  /** RFC 9260 6.3.3 E2: the timer expired, so the time doubles. */
  public void backOff() {
    rtoNs = Math.min(2 * rtoNs, MAX_NS);
  }

  /** A path of which nothing is known. */
  public void restart() {
    smoothedNs = -1;
    variationNs = 0;
    rtoNs = initialNs;
  }
}
