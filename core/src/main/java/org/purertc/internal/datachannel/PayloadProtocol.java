package org.purertc.internal.datachannel;

/** SCTP payload protocol identifiers of WebRTC, RFC 8831 section 8. */
final class PayloadProtocol {
  static final long DCEP = 50;
  static final long STRING = 51;

  /** Deprecated: all but the last part of a binary message. */
  static final long BINARY_PARTIAL = 52;

  static final long BINARY = 53;

  /** Deprecated: all but the last part of a string. */
  static final long STRING_PARTIAL = 54;

  static final long STRING_EMPTY = 56;
  static final long BINARY_EMPTY = 57;

  private PayloadProtocol() {}

  static boolean isUserData(long ppid) {
    return ppid >= STRING && ppid <= BINARY_EMPTY && ppid != 55;
  }

  static boolean isText(long ppid) {
    return ppid == STRING || ppid == STRING_PARTIAL || ppid == STRING_EMPTY;
  }

  static boolean isEmpty(long ppid) {
    return ppid == STRING_EMPTY || ppid == BINARY_EMPTY;
  }

  static boolean isPartial(long ppid) {
    return ppid == STRING_PARTIAL || ppid == BINARY_PARTIAL;
  }

  static long of(boolean isText, boolean isEmpty) {
    if (isEmpty) {
      return isText ? STRING_EMPTY : BINARY_EMPTY;
    }
    return isText ? STRING : BINARY;
  }
}
