package org.purertc.internal.rtp.cc;

/**
 * Joins packets that were sent within 5 ms, or that arrived in one burst, into groups, and compares
 * each with the one before: draft-ietf-rmcat-gcc-02 sections 5.1 and 5.2.
 */
final class InterArrival {
  private static final long GROUP_NS = 5_000_000L;
  private static final long BURST_GAP_NS = 5_000_000L;
  private static final long MAX_BURST_NS = 100_000_000L;

  /** Arrivals that jump by more against the sender's clock are another clock. */
  private static final long MAX_JUMP_NS = 3_000_000_000L;

  /** So many groups that arrive before the one sent before them are another clock too. */
  private static final int MAX_REORDERED = 3;

  private static final class Group {
    private boolean empty = true;
    private long firstSentNs;
    private long lastSentNs;
    private long firstArrivalNs;
    private long lastArrivalNs;
  }

  private Group current = new Group();
  private Group previous = new Group();
  private int reordered;
  private long sendDeltaNs;
  private long arrivalDeltaNs;

  /** Takes a packet; true when it began a group and the two before it were compared. */
  boolean add(long sentNs, long arrivalNs) {
    if (current.empty) {
      begin(sentNs, arrivalNs);
      return false;
    }
    if (sentNs < current.firstSentNs) {
      return false;
    }
    if (!isNewGroup(sentNs, arrivalNs)) {
      current.lastSentNs = Math.max(current.lastSentNs, sentNs);
      current.lastArrivalNs = Math.max(current.lastArrivalNs, arrivalNs);
      return false;
    }
    boolean compared = !previous.empty && compare();
    if (current.empty) {
      begin(sentNs, arrivalNs);
      return false;
    }
    Group free = previous;
    previous = current;
    current = free;
    begin(sentNs, arrivalNs);
    return compared;
  }

  private void begin(long sentNs, long arrivalNs) {
    current.empty = false;
    current.firstSentNs = sentNs;
    current.lastSentNs = sentNs;
    current.firstArrivalNs = arrivalNs;
    current.lastArrivalNs = arrivalNs;
  }

  private boolean isNewGroup(long sentNs, long arrivalNs) {
    if (isBurst(sentNs, arrivalNs)) {
      return false;
    }
    return sentNs - current.firstSentNs > GROUP_NS;
  }

  private boolean isBurst(long sentNs, long arrivalNs) {
    long arrivalGapNs = arrivalNs - current.lastArrivalNs;
    long sendGapNs = sentNs - current.lastSentNs;
    if (sendGapNs == 0) {
      return true;
    }
    return arrivalGapNs < sendGapNs
        && arrivalGapNs <= BURST_GAP_NS
        && arrivalNs - current.firstArrivalNs < MAX_BURST_NS;
  }

  private boolean compare() {
    sendDeltaNs = current.lastSentNs - previous.lastSentNs;
    arrivalDeltaNs = current.lastArrivalNs - previous.lastArrivalNs;
    if (Math.abs(arrivalDeltaNs - sendDeltaNs) >= MAX_JUMP_NS) {
      reset();
      return false;
    }
    if (arrivalDeltaNs < 0) {
      reordered++;
      if (reordered >= MAX_REORDERED) {
        reset();
      }
      return false;
    }
    reordered = 0;
    return true;
  }

  void reset() {
    current = new Group();
    previous = new Group();
    reordered = 0;
  }

  /** Between the last packets of both groups. */
  long sendDeltaNs() {
    return sendDeltaNs;
  }

  /** Between the last packets of both groups. */
  long arrivalDeltaNs() {
    return arrivalDeltaNs;
  }
}
