package org.purertc.internal.sctp.rx;

import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.SerialNumber;
import org.purertc.internal.util.Timer;

/**
 * Which TSNs came, and when to say so: cumulative TSN, gap ack blocks, duplicates and delayed SACK,
 * RFC 9260 sections 6.2 and 6.7. TSNs are unwrapped by {@link #unwrap}.
 */
public final class DataTracker {

  /** RFC 9260 section 6.2: within 200 ms of the arrival of any unacknowledged DATA chunk. */
  public static final long SACK_DELAY_NS = 200_000_000L;

  /** RFC 9260 section 6.2: at least for every second packet. */
  private static final int PACKETS_PER_SACK = 2;

  /** A gap ack block is counted in 16 bits from the cumulative TSN, RFC 9260 section 3.3.4. */
  private static final int MAX_OFFSET = 0xffff;

  /** More holes than these are not opened; a full window at 30 % loss has about 500. */
  private static final int MAX_GAPS = 2048;

  private static final int MAX_DUPLICATES = 32;

  private final TsnRanges gaps = new TsnRanges();
  private final Timer sackDelay = new Timer();
  private static final long[] NONE = {};

  private long[] duplicates = NONE;
  private int duplicateCount;
  private long cumulativeTsn;
  private long advertisedWindowBytes = Long.MAX_VALUE;
  private int packetsSinceSack;
  private boolean packetHasData;
  private boolean sackDue;

  /**
   * @param initialTsn 32 bits, of the peer's INIT or INIT ACK
   */
  public DataTracker(long initialTsn) {
    cumulativeTsn = initialTsn - 1;
  }

  /** The peer restarted with this initial TSN. */
  void restart(long initialTsn) {
    cumulativeTsn = initialTsn - 1;
    gaps.clear();
    duplicateCount = 0;
    advertisedWindowBytes = Long.MAX_VALUE;
    packetHasData = false;
    sent();
  }

  /** The TSN with these 32 bits that is nearest to the cumulative one. */
  public long unwrap(long tsn) {
    return SerialNumber.unwrap32(tsn, cumulativeTsn);
  }

  /** Everything up to here came or was given up by the peer. */
  public long cumulativeTsn() {
    return cumulativeTsn;
  }

  /** Whether this TSN came before. */
  public boolean contains(long tsn) {
    return tsn <= cumulativeTsn || gaps.contains(tsn);
  }

  /** Whether chunks above the cumulative TSN came. */
  boolean hasGaps() {
    return gaps.count() > 0;
  }

  /** Whether this TSN could be reported; if not, its chunk must not be kept. */
  public boolean isReportable(long tsn) {
    return tsn - cumulativeTsn <= MAX_OFFSET && (gaps.count() < MAX_GAPS || !gaps.isApart(tsn));
  }

  /**
   * A DATA chunk came and is kept.
   *
   * @return false for a duplicate or for a TSN that cannot be reported
   */
  public boolean observe(long tsn) {
    packetHasData = true;
    if (contains(tsn)) {
      observeDuplicate(tsn);
      return false;
    }
    if (!isReportable(tsn)) {
      sackDue = true;
      return false;
    }
    if (tsn == cumulativeTsn + 1) {
      cumulativeTsn = tsn;
      joinFirstGap();
    } else {
      gaps.add(tsn);
    }
    // RFC 9260 section 6.7: as long as there are holes, each packet is acknowledged at once.
    sackDue |= gaps.count() > 0;
    return true;
  }

  /** RFC 9260 section 6.2: a packet of duplicates is acknowledged without delay. */
  private void observeDuplicate(long tsn) {
    if (duplicates.length == 0) {
      duplicates = new long[MAX_DUPLICATES]; // most peers never have one
    }
    if (duplicateCount < MAX_DUPLICATES) {
      duplicates[duplicateCount++] = SerialNumber.wrap32(tsn);
    }
    sackDue = true;
  }

  /** The peer gave up everything to here, RFC 3758 section 3.6. */
  void advanceTo(long tsn) {
    if (tsn > cumulativeTsn) {
      cumulativeTsn = tsn;
      gaps.removeThrough(tsn);
      joinFirstGap();
    }
    sackDue = true;
  }

  private void joinFirstGap() {
    if (gaps.count() > 0 && gaps.first(0) == cumulativeTsn + 1) {
      cumulativeTsn = gaps.last(0);
      gaps.removeFirst();
      // RFC 9260 section 6.7: the sender learns at once that its retransmission filled the hole.
      sackDue = true;
    }
  }

  /** Chunks above the cumulative TSN were dropped after all, RFC 9260 section 6.2 ("renege"). */
  void forget(long firstTsn, long lastTsn) {
    gaps.remove(Math.max(firstTsn, cumulativeTsn + 1), lastTsn);
    sackDue = true;
  }

  /** A SACK goes out with the next packet: the I bit, a shutdown, a window that opened. */
  public void requestSack() {
    sackDue = true;
  }

  /** All chunks of a packet were seen. */
  public void onPacketEnd(long nowNs) {
    if (!packetHasData) {
      return;
    }
    packetHasData = false;
    if (++packetsSinceSack >= PACKETS_PER_SACK) {
      sackDue = true;
    }
    if (!sackDue && !sackDelay.isRunning()) {
      sackDelay.start(nowNs, SACK_DELAY_NS);
    }
  }

  public long nextDeadlineNs() {
    return sackDelay.deadlineNs();
  }

  public void onDeadline(long nowNs) {
    sackDue |= sackDelay.expire(nowNs);
  }

  /** A SACK has to go out now. */
  public boolean isSackDue() {
    return sackDue;
  }

  /** Something is not acknowledged yet: a packet that is sent anyway takes the SACK along. */
  public boolean isSackPending() {
    return sackDue || packetsSinceSack > 0;
  }

  /**
   * The SACK to send now. What does not fit is left out: the highest gaps and duplicates.
   *
   * @param windowBytes of {@link ReassemblyQueue#windowBytes}
   * @param maxBytes at least {@link SackChunk#FIXED_BYTES}
   */
  public SackChunk buildSack(long windowBytes, int maxBytes) {
    int room = (maxBytes - SackChunk.FIXED_BYTES) / SackChunk.ENTRY_BYTES;
    int gapCount = Math.min(gaps.count(), room);
    int[] offsets = new int[2 * gapCount];
    for (int i = 0; i < gapCount; i++) {
      offsets[2 * i] = (int) (gaps.first(i) - cumulativeTsn);
      offsets[2 * i + 1] = (int) (gaps.last(i) - cumulativeTsn);
    }
    long[] reported = new long[Math.min(duplicateCount, room - gapCount)];
    System.arraycopy(duplicates, 0, reported, 0, reported.length);
    duplicateCount = 0;
    advertisedWindowBytes = windowBytes;
    sent();
    return new SackChunk(SerialNumber.wrap32(cumulativeTsn), windowBytes, offsets, reported);
  }

  /** What the last SACK said; before the first one the peer knows the window of our INIT. */
  long advertisedWindowBytes() {
    return advertisedWindowBytes;
  }

  private void sent() {
    packetsSinceSack = 0;
    sackDue = false;
    sackDelay.stop();
  }
}
