package org.purertc.internal.media;

import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.PacketExtensions;

/** What goes into the header extensions of one stream, and when a frame counts as captured. */
final class SentExtensions {
  /** So often, since receivers count on from there. */
  private static final long CAPTURE_TIME_INTERVAL_NS = 1_000_000_000L;

  /** A frame that was captured longer ago is from a recording: reports are about what is live. */
  private static final long MAX_AGE_NS = 60_000_000_000L;

  private final NtpClock clock;
  private boolean hasRotated;
  private long lastCaptureTimeNs = Long.MIN_VALUE / 2;

  SentExtensions(NtpClock clock) {
    this.clock = clock;
  }

  /** Nothing that goes without saying. */
  PacketExtensions of(PacketExtensions said, long nowNs) {
    PacketExtensions sent = said;
    hasRotated |= said.rotationDegrees() > 0;
    if (said.rotationDegrees() == 0 && !hasRotated) {
      sent = sent.rotated(-1); // upright, as pictures are
    }
    if (said.captureNtpTime() != 0) {
      if (nowNs - lastCaptureTimeNs < CAPTURE_TIME_INTERVAL_NS) {
        sent = sent.capturedAt(0);
      } else {
        lastCaptureTimeNs = nowNs;
      }
    }
    return sent;
  }

  /** When it was captured; now, unless it says so. */
  long captureNs(PacketExtensions said, long nowNs) {
    if (said.captureNtpTime() == 0) {
      return nowNs;
    }
    long capturedNs = clock.nowNsAt(said.captureNtpTime());
    return Math.abs(nowNs - capturedNs) > MAX_AGE_NS ? nowNs : capturedNs;
  }
}
