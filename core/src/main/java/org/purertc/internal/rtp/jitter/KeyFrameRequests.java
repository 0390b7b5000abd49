package org.purertc.internal.rtp.jitter;

import org.purertc.internal.util.Timer;

/** Whether a key frame is needed, and when to ask for it again. */
final class KeyFrameRequests {
  private final long intervalNs;
  private final VideoFrameListener listener;
  private final Timer again = new Timer();
  private boolean isNeeded;
  private long count;

  KeyFrameRequests(long intervalNs, VideoFrameListener listener) {
    this.intervalNs = intervalNs;
    this.listener = listener;
  }

  boolean isNeeded() {
    return isNeeded;
  }

  void need(long nowNs) {
    if (!isNeeded) {
      isNeeded = true;
      ask(nowNs);
    }
  }

  void met() {
    isNeeded = false;
    again.stop();
  }

  long nextDeadlineNs() {
    return again.deadlineNs();
  }

  void onDeadline(long nowNs) {
    if (again.expire(nowNs)) {
      ask(nowNs);
    }
  }

  long count() {
    return count;
  }

  private void ask(long nowNs) {
    count++;
    again.start(nowNs, intervalNs);
    listener.onKeyFrameNeeded(nowNs);
  }
}
