package org.purertc.internal.media;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.VideoFrameInfo;

/** What W3C's statistics count about the frames of one half. Loop thread only. */
final class FrameCounters {
  long offered;
  long sent;
  long keyFrames;
  long dropped;
  long durationUs;
  long huge;
  int width;
  int height;
  private long sentBytes;
  private long windowStartUs;
  private long windowFrames;
  private double framesPerSecond;
  private long lastKeyFrame = Long.MIN_VALUE;

  void offered(MediaFrame frame) {
    offered++;
    durationUs += frame.durationUs();
    windowFrames++;
    long elapsedUs = frame.timestampUs() - windowStartUs;
    if (elapsedUs >= 1_000_000 || elapsedUs < 0) {
      boolean regular = elapsedUs > 0 && elapsedUs < 2_000_000;
      framesPerSecond = regular ? windowFrames * 1e6 / elapsedUs : 0;
      windowStartUs = frame.timestampUs();
      windowFrames = 0;
    }
  }

  void sent(MediaFrame frame, @Nullable VideoFrameInfo info) {
    // W3C, hugeFramesSent: of at least 2.5 times the average size of those before.
    if (sent > 0 && frame.data().length * 2L * sent >= 5 * sentBytes) {
      huge++;
    }
    sentBytes += frame.data().length;
    sent++;
    if (frame.keyFrame()) {
      keyFrames++;
    }
    if (info != null && info.width() > 0) {
      width = info.width();
      height = info.height();
    }
  }

  /** A packet that was made elsewhere: the last one of a frame counts. */
  void forwarded(MediaPacket packet) {
    if (packet.marker()) {
      offered++;
      sent++;
    }
    if (packet.keyFrame() && packet.timestamp() != lastKeyFrame) {
      lastKeyFrame = packet.timestamp();
      keyFrames++;
    }
  }

  /** Of the last second. */
  double framesPerSecond() {
    return framesPerSecond;
  }
}
