package org.purertc.internal.rtp.cc;

/** What the change of delay says of the path, draft-ietf-rmcat-gcc-02 section 5.4. */
enum BandwidthUsage {
  NORMAL,
  /** Queues grow. */
  OVERUSING,
  /** Queues are being emptied. */
  UNDERUSING
}
