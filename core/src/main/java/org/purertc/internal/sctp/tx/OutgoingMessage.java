package org.purertc.internal.sctp.tx;

/** One user message from the moment it is queued until each of its chunks is acknowledged. */
public final class OutgoingMessage {
  /** No limit of retransmissions. */
  public static final int UNLIMITED = -1;

  /** Never given up for its age. */
  public static final long NEVER = Long.MAX_VALUE;

  private final int streamId;
  private final long ppid;
  private final byte[] payload;
  private final boolean unordered;
  private final int maxRetransmits;
  private final long expiresAtNs;

  /** Bytes that were put into chunks so far. */
  private int cutBytes;

  private int streamSequenceNumber;
  private boolean abandoned;

  /**
   * @param payload belongs to the message
   * @param maxRetransmits or {@link #UNLIMITED}
   * @param expiresAtNs or {@link #NEVER}
   */
  public OutgoingMessage(
      int streamId,
      long ppid,
      byte[] payload,
      boolean unordered,
      int maxRetransmits,
      long expiresAtNs) {
    this.streamId = streamId;
    this.ppid = ppid;
    this.payload = payload;
    this.unordered = unordered;
    this.maxRetransmits = maxRetransmits;
    this.expiresAtNs = expiresAtNs;
  }

  int streamId() {
    return streamId;
  }

  long ppid() {
    return ppid;
  }

  byte[] payload() {
    return payload;
  }

  boolean isUnordered() {
    return unordered;
  }

  int maxRetransmits() {
    return maxRetransmits;
  }

  boolean isExpired(long nowNs) {
    return nowNs >= expiresAtNs;
  }

  int cutBytes() {
    return cutBytes;
  }

  int remainingBytes() {
    return payload.length - cutBytes;
  }

  boolean isStarted() {
    return cutBytes > 0;
  }

  void cut(int bytes) {
    cutBytes += bytes;
  }

  int streamSequenceNumber() {
    return streamSequenceNumber;
  }

  void setStreamSequenceNumber(int number) {
    streamSequenceNumber = number;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void abandon() {
    abandoned = true;
  }
}
