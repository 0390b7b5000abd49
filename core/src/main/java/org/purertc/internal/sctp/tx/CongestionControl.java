package org.purertc.internal.sctp.tx;

/** NewReno for one path, RFC 9260 section 7. Bytes are those of whole DATA chunks. */
final class CongestionControl {
  /**
   * Packets of the initial window: RFC 9260 section 7.2.1 allows about 4,380 bytes, RFC 6928 showed
   * ten packets to be safe.
   */
  static final int INITIAL_WINDOW_PACKETS = 10;

  /** RFC 9260 section 7.2.3: the slow-start threshold never falls below four packets. */
  static final int MIN_THRESHOLD_PACKETS = 4;

  /**
   * Growth per SACK in slow start, in packets (L of RFC 9260 section 7.2.1). A receiver that reads
   * many packets in a turn answers them with one SACK, so the window must follow the bytes.
   */
  static final int MAX_GROWTH_PACKETS = 8;

  private int packetBytes;
  private long windowBytes;
  private long thresholdBytes = Long.MAX_VALUE;
  private long partialBytesAcked;

  CongestionControl(int packetBytes) {
    this.packetBytes = packetBytes;
    restart();
  }

  long windowBytes() {
    return windowBytes;
  }

  long thresholdBytes() {
    return thresholdBytes;
  }

  boolean isSlowStart() {
    return windowBytes <= thresholdBytes;
  }

  /** Whether so few packets may be in flight that a delayed SACK would stop us. */
  boolean isNarrow() {
    return windowBytes < 2L * packetBytes;
  }

  void setPacketBytes(int bytes) {
    packetBytes = bytes;
  }

  /** A path of which nothing is known. */
  void restart() {
    windowBytes = (long) INITIAL_WINDOW_PACKETS * packetBytes;
    thresholdBytes = Long.MAX_VALUE;
    partialBytesAcked = 0;
  }

  /**
   * The cumulative TSN advanced outside fast recovery.
   *
   * @param ackedBytes newly acknowledged, also by gap blocks
   * @param flightBytes in flight before this SACK
   */
  void onAcknowledged(long ackedBytes, long flightBytes) {
    // RFC 9260 7.2.1 and 7.2.2: the window grows only while it is fully used.
    boolean fullyUsed = flightBytes + packetBytes > windowBytes;
    if (isSlowStart()) {
      if (fullyUsed) {
        windowBytes += Math.min(ackedBytes, (long) MAX_GROWTH_PACKETS * packetBytes);
      }
      return;
    }
    partialBytesAcked += ackedBytes;
    if (partialBytesAcked >= windowBytes) {
      if (fullyUsed) {
        partialBytesAcked -= windowBytes;
        windowBytes += packetBytes;
      } else {
        partialBytesAcked = windowBytes;
      }
    }
  }

  /** RFC 9260 7.2.2: when all data is acknowledged, partial_bytes_acked is 0 again. */
  void onAllAcknowledged() {
    partialBytesAcked = 0;
  }

  /** Fast retransmit, RFC 9260 sections 7.2.3 and 7.2.4. */
  void onFastRetransmit() {
    thresholdBytes = halved();
    windowBytes = thresholdBytes;
    partialBytesAcked = 0;
  }

  /** T3-rtx expired, RFC 9260 section 7.2.3. */
  void onTimeout() {
    thresholdBytes = halved();
    windowBytes = packetBytes;
    partialBytesAcked = 0;
  }

  /** Nothing was sent for this many RTOs, RFC 9260 section 7.2.1: an old window is not trusted. */
  void onIdle(long timeouts) {
    long floor = (long) INITIAL_WINDOW_PACKETS * packetBytes;
    for (long i = 0; i < timeouts && windowBytes > floor; i++) {
      windowBytes = Math.max(windowBytes / 2, floor);
    }
  }

  private long halved() {
    return Math.max(windowBytes / 2, (long) MIN_THRESHOLD_PACKETS * packetBytes);
  }
}
