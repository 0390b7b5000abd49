package org.purertc.internal.media;

import org.purertc.internal.jsep.MediaKind;

/** Whether an encoding can go on with a key frame only, and when its maker is asked for one. */
final class KeyFrameNeed {
  private static final long ASK_INTERVAL_NS = 300_000_000L;

  /**
   * A remote may ask with every packet; those that mean it repeat themselves each 200 to 300 ms.
   */
  private static final long REQUEST_INTERVAL_NS = 100_000_000L;

  private final boolean isVideo;
  private final String rid;
  private final TransceiverListener listener;
  private boolean exists = true;
  private long lastAskedNs = Long.MIN_VALUE / 2;

  KeyFrameNeed(MediaKind kind, String rid, TransceiverListener listener) {
    isVideo = kind == MediaKind.VIDEO;
    this.rid = rid;
    this.listener = listener;
  }

  boolean exists() {
    return exists;
  }

  /** The next frame must be one. */
  void begin() {
    exists = true;
  }

  /** What comes next does not follow what was sent; only pictures build on each other. */
  void onGap() {
    exists = isVideo;
  }

  /** A frame goes out that the remote can decode. */
  void end() {
    exists = false;
  }

  /** Asks whoever makes the frames. */
  void ask() {
    if (isVideo) {
      listener.onKeyFrameRequest(rid);
    }
  }

  /** The remote cannot go on without one. */
  void onRequest(long nowNs) {
    ask(REQUEST_INTERVAL_NS, nowNs);
  }

  /** Again: whoever makes the frames may not have heard it the first time. */
  void askAgain(long nowNs) {
    ask(ASK_INTERVAL_NS, nowNs);
  }

  private void ask(long intervalNs, long nowNs) {
    if (nowNs - lastAskedNs >= intervalNs) {
      lastAskedNs = nowNs;
      listener.onKeyFrameRequest(rid);
    }
  }
}
