package org.purertc.internal.sctp;

/** Consecutive times that the peer did not answer, RFC 9260 section 8.1. */
final class ErrorCounter {
  /** RFC 9260 section 16, Association.Max.Retrans. */
  static final int ASSOCIATION_MAX_RETRANS = 10;

  private int count;

  void increment() {
    count++;
  }

  void reset() {
    count = 0;
  }

  boolean isZero() {
    return count == 0;
  }

  boolean isExceeded() {
    return count > ASSOCIATION_MAX_RETRANS;
  }
}
