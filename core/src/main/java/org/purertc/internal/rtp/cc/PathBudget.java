package org.purertc.internal.rtp.cc;

import org.purertc.internal.util.Timer;

/**
 * Media and data share one path: says how many bytes data may send beside media. Data gets what
 * media leaves of the target, a tenth of it at least; without media it is not limited at all.
 *
 * <p>Sound alone does not limit data either: it says too little of the path to know what is left.
 */
public final class PathBudget {
  /** Of the target, however much media there is. */
  private static final double LEAST_SHARE = 0.1;

  /** Less is sound alone. */
  private static final long MIN_MEDIA_BITS_PER_SECOND = 100_000;

  private static final long WINDOW_NS = 200_000_000L;
  private static final double SMOOTHING = 0.5;

  /** Media that pauses for longer needs no room. */
  private static final long MEDIA_TIMEOUT_NS = 1_000_000_000L;

  private static final long DATA_TIMEOUT_NS = 1_000_000_000L;

  /** What data may send at once after it sent nothing. */
  private static final long BURST_NS = 20_000_000L;

  private static final long MIN_BURST_BYTES = 2_400;

  private long target;
  private double mediaBitsPerSecond;
  private long windowBytes;
  private long windowStartNs;
  private long mediaSentNs;
  private boolean mediaSeen;
  private double allowedBytes;
  private long refilledNs;
  private boolean started;
  private long dataSentNs;
  private boolean dataSeen;
  private boolean refused;

  public PathBudget(long targetBitsPerSecond) {
    this.target = targetBitsPerSecond;
  }

  /** What media and data together may send. */
  public void setTarget(long targetBitsPerSecond, long nowNs) {
    refill(nowNs);
    target = targetBitsPerSecond;
  }

  public void onMediaSent(int bytes, long nowNs) {
    refill(nowNs);
    if (!hasMedia(nowNs)) {
      mediaBitsPerSecond = 0;
      windowBytes = 0;
      windowStartNs = nowNs;
      allowedBytes = burstBytes();
    }
    mediaSeen = true;
    mediaSentNs = nowNs;
    long elapsedNs = nowNs - windowStartNs;
    if (elapsedNs >= WINDOW_NS) {
      double rate = Rates.bitsPerSecond(windowBytes, elapsedNs);
      mediaBitsPerSecond += SMOOTHING * (rate - mediaBitsPerSecond);
      windowBytes = 0;
      windowStartNs = nowNs;
    }
    windowBytes += bytes;
  }

  public void onDataSent(int bytes, long nowNs) {
    refill(nowNs);
    dataSeen = true;
    dataSentNs = nowNs;
    if (limits(nowNs)) {
      allowedBytes -= bytes;
    }
  }

  /** Whether data may send a packet now; if not, {@link #nextDeadlineNs} says when to ask again. */
  public boolean mayProduce(long nowNs) {
    refill(nowNs);
    refused = limits(nowNs) && allowedBytes <= 0;
    return !refused;
  }

  private boolean hasMedia(long nowNs) {
    return mediaSeen && nowNs - mediaSentNs <= MEDIA_TIMEOUT_NS;
  }

  private boolean limits(long nowNs) {
    return hasMedia(nowNs) && mediaBitsPerSecond >= MIN_MEDIA_BITS_PER_SECOND;
  }

  private long dataBitsPerSecond() {
    return (long) Math.max(LEAST_SHARE * target, target - mediaBitsPerSecond);
  }

  private double burstBytes() {
    return Math.max(MIN_BURST_BYTES, Rates.bytes(dataBitsPerSecond(), BURST_NS));
  }

  private void refill(long nowNs) {
    if (!started) {
      started = true;
      refilledNs = nowNs;
    }
    long elapsedNs = nowNs - refilledNs;
    if (elapsedNs > 0) {
      double refilled = allowedBytes + Rates.bytes(dataBitsPerSecond(), elapsedNs);
      allowedBytes = Math.min(burstBytes(), refilled);
      refilledNs = nowNs;
    }
  }

  /** What the encoders may use: all of the target, but for the least share of data that is sent. */
  public long mediaBitsPerSecond(long nowNs) {
    boolean shared = dataSeen && nowNs - dataSentNs <= DATA_TIMEOUT_NS;
    return shared ? (long) ((1 - LEAST_SHARE) * target) : target;
  }

  /** When data that was refused may send again. */
  public long nextDeadlineNs() {
    if (!refused) {
      return Timer.NEVER;
    }
    long waitNs = Rates.durationNs(1 - allowedBytes, dataBitsPerSecond()) + 1;
    return Math.min(refilledNs + waitNs, mediaSentNs + MEDIA_TIMEOUT_NS + 1);
  }
}
