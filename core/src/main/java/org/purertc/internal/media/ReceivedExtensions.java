package org.purertc.internal.media;

import org.purertc.internal.rtp.CaptureClock;
import org.purertc.internal.rtp.ExtensionIds;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.RtpPacket;

/**
 * What the packets of one stream say in header extensions, kept until their frames are delivered.
 * Rotation and playout delay hold until others are said; an audio level is that of its packet.
 */
final class ReceivedExtensions {
  /** More packets with something to say than a jitter buffer holds. */
  private static final int KEPT = 256;

  private final NtpClock clock;
  private final long[] timestamps = new long[KEPT];
  private final PacketExtensions[] said = new PacketExtensions[KEPT];
  private int count;

  ReceivedExtensions(NtpClock clock) {
    this.clock = clock;
  }

  /** The remote has begun anew. */
  void restart() {
    count = 0;
  }

  /**
   * @param timestamp unwrapped
   */
  void onPacket(RtpPacket packet, ExtensionIds ids, long timestamp, CaptureClock capture) {
    PacketExtensions own = PacketExtensions.of(packet, ids);
    if (own.captureNtpTime() != 0) {
      capture.onCaptureTime(own.captureNtpTime(), timestamp);
      own = own.capturedAt(0);
    }
    if (own.equals(PacketExtensions.NONE)) {
      return;
    }
    if (count > 0 && timestamps[index(count - 1)] == timestamp) {
      said[index(count - 1)] = own.after(said[index(count - 1)]);
      return;
    }
    timestamps[index(count)] = timestamp;
    said[index(count)] = own.after(before(timestamp));
    count++;
  }

  private PacketExtensions before(long timestamp) {
    for (int i = count - 1; i >= 0 && i >= count - KEPT; i--) {
      if (timestamps[index(i)] <= timestamp) {
        boolean same = timestamps[index(i)] == timestamp;
        return same ? said[index(i)] : PacketExtensions.NONE.after(said[index(i)]);
      }
    }
    return PacketExtensions.NONE;
  }

  /** What holds for a frame, with the time of its capture on our wall clock. */
  PacketExtensions at(long timestamp, int clockRate, CaptureClock capture) {
    long capturedNs = capture.nowNsAt(timestamp, clockRate);
    long ntp = capturedNs == CaptureClock.UNKNOWN ? 0 : clock.at(capturedNs);
    return before(timestamp).capturedAt(ntp);
  }

  private static int index(int count) {
    return count & KEPT - 1;
  }
}
