package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.VideoFrameInfo;

/**
 * What is received under one restriction id, one time line of frames: a new SSRC takes the place of
 * the one before. Without simulcast there is one layer, with an empty id.
 */
final class ReceivedLayer {
  /** A stream that sends goes before one that is quiet for longer, though that began later. */
  private static final long SILENT_NS = 2_000_000_000L;

  private final String rid;
  private final TrackClock clock;
  private final FrameCounters frames = new FrameCounters();
  private final List<Reception> receptions = new ArrayList<>(1);
  private @Nullable Reception current;

  ReceivedLayer(String rid, TrackClock clock) {
    this.rid = rid;
    this.clock = clock;
  }

  String rid() {
    return rid;
  }

  FrameCounters frames() {
    return frames;
  }

  TrackClock clock() {
    return clock;
  }

  /** The stream that it is now; null without one. */
  @Nullable Reception current() {
    return current;
  }

  void add(Reception reception) {
    receptions.add(reception);
    choose();
  }

  void remove(Reception reception) {
    receptions.remove(reception);
    choose();
  }

  /** A packet of it came. */
  void onArrival(Reception reception, long nowNs) {
    Reception taken = current;
    if (taken != null && taken != reception && nowNs - taken.lastArrivalNs() > SILENT_NS) {
      take(reception);
    }
  }

  private void choose() {
    take(receptions.isEmpty() ? null : receptions.get(receptions.size() - 1));
  }

  private void take(@Nullable Reception next) {
    Reception before = current;
    if (next != before) {
      if (before != null) {
        before.onReplaced();
      }
      current = next;
      clock.rebase();
    }
  }

  /** Nobody takes its frames for now. */
  void pause() {
    Reception chosen = current;
    if (chosen != null) {
      chosen.onReplaced();
      clock.rebase();
    }
  }

  void count(MediaFrame frame, @Nullable VideoFrameInfo info) {
    frames.offered(frame);
    frames.sent(frame, info);
  }

  void requestKeyFrame() {
    Reception chosen = current;
    if (chosen != null) {
      chosen.stream().requestKeyFrame();
    }
  }
}
