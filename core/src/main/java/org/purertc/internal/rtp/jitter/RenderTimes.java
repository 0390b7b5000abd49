package org.purertc.internal.rtp.jitter;

/**
 * When a frame is shown: its timestamp on our clock as the quickest frames of late brought it, and
 * the delay that was asked for.
 */
final class RenderTimes {
  private static final long SECOND_NS = 1_000_000_000;

  /** The quickest frame is looked for in this window and the one before, so clocks may drift. */
  private static final long WINDOW_NS = 10 * SECOND_NS;

  /** A frame later than this tells of a new timeline rather than of a bad network. */
  private static final long RESTART_NS = 3 * SECOND_NS;

  private final RtpClock clock;
  private boolean hasBegun;
  private long windowStartNs;
  private long quickestNs;
  private long quickestBeforeNs;

  RenderTimes(int clockRate) {
    clock = new RtpClock(clockRate);
  }

  void restart() {
    hasBegun = false;
  }

  /** A frame is complete. */
  void onFrame(long timestamp, long completeNs) {
    long offsetNs = completeNs - clock.toNs(timestamp);
    if (!hasBegun || offsetNs - baseNs() > RESTART_NS) {
      hasBegun = true;
      windowStartNs = completeNs;
      quickestNs = offsetNs;
      quickestBeforeNs = offsetNs;
    } else if (completeNs - windowStartNs > WINDOW_NS) {
      windowStartNs = completeNs;
      quickestBeforeNs = quickestNs;
      quickestNs = offsetNs;
    } else {
      quickestNs = Math.min(quickestNs, offsetNs);
    }
  }

  /** At most the delay after the frame was complete, when {@link #onFrame} was told of it. */
  long renderNs(long timestamp, long delayNs) {
    return baseNs() + clock.toNs(timestamp) + delayNs;
  }

  private long baseNs() {
    return Math.min(quickestNs, quickestBeforeNs);
  }
}
