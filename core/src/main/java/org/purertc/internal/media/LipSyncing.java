package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.SenderClock;
import org.purertc.internal.rtp.jitter.LipSync;
import org.purertc.internal.rtp.jitter.LipSync.StreamTime;
import org.purertc.internal.util.Timer;

/**
 * Brings sound and picture of the same remote stream together, by the clocks of the remote's sender
 * reports. Only where the program has both of them delayed: whoever gets a picture at once does not
 * want it later.
 */
final class LipSyncing {
  private static final long INTERVAL_NS = 1_000_000_000;

  private record Pair(ReceivingMedia audio, ReceivingMedia video) {}

  private final Timer timer = new Timer();
  private Map<Pair, LipSync> pairs = new HashMap<>();

  /** A negotiation changed what comes together. */
  void update(List<MediaTransceiver> transceivers, long nowNs) {
    Map<Pair, LipSync> changed = new HashMap<>();
    List<ReceivingMedia> paired = new ArrayList<>();
    for (ReceivingMedia audio : receiving(transceivers, MediaKind.AUDIO)) {
      for (ReceivingMedia video : receiving(transceivers, MediaKind.VIDEO)) {
        if (haveSameStream(audio, video) && !paired.contains(audio) && !paired.contains(video)) {
          Pair pair = new Pair(audio, video);
          LipSync known = pairs.get(pair);
          changed.put(pair, known == null ? new LipSync() : known);
          paired.add(audio);
          paired.add(video);
        }
      }
    }
    for (Pair pair : pairs.keySet()) {
      if (!changed.containsKey(pair)) {
        hold(pair, 0, 0, nowNs);
      }
    }
    pairs = changed;
    if (changed.isEmpty()) {
      timer.stop();
    } else if (timer.deadlineNs() == Timer.NEVER) {
      timer.start(nowNs, INTERVAL_NS);
    }
  }

  void stop() {
    timer.stop();
  }

  private static List<ReceivingMedia> receiving(List<MediaTransceiver> all, MediaKind kind) {
    List<ReceivingMedia> found = new ArrayList<>();
    for (MediaTransceiver each : all) {
      ReceivingMedia media = each.receiving();
      if (media != null && media.media().kind() == kind) {
        found.add(media);
      }
    }
    return found;
  }

  private static boolean haveSameStream(ReceivingMedia audio, ReceivingMedia video) {
    return audio.media().remoteStreamIds().stream()
        .anyMatch(video.media().remoteStreamIds()::contains);
  }

  private static void hold(Pair pair, long audioExtraNs, long videoExtraNs, long nowNs) {
    pair.audio.hold(audioExtraNs, nowNs);
    pair.video.hold(videoExtraNs, nowNs);
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }

  void onDeadline(long nowNs) {
    if (timer.expire(nowNs)) {
      pairs.replaceAll((pair, sync) -> synchronize(pair, sync, nowNs));
      timer.start(nowNs, INTERVAL_NS);
    }
  }

  private static LipSync synchronize(Pair pair, LipSync sync, long nowNs) {
    boolean wanted =
        pair.video.smoothing().isVideoDelayed() && !pair.audio.smoothing().isAudioAtOnce();
    if (!wanted) {
      hold(pair, 0, 0, nowNs);
      return new LipSync();
    }
    Reception audio = pair.audio.current();
    Reception video = pair.video.current();
    StreamTime audioTime = time(audio);
    StreamTime videoTime = time(video);
    if (audio != null
        && video != null
        && haveOneClock(audio, video)
        && audioTime != null
        && videoTime != null
        && sync.update(audioTime, videoTime, audio.currentDelayNs(), video.currentDelayNs())) {
      hold(pair, sync.audioExtraNs(), sync.videoExtraNs(), nowNs);
    }
    return sync;
  }

  /**
   * RFC 8834 section 4.9 and RFC 3550 section 6.5.1: streams of different CNAMEs have different
   * clocks, as when a server passes on the reports of two peers.
   */
  private static boolean haveOneClock(Reception audio, Reception video) {
    String ofAudio = audio.stream().captureClock().cname();
    String ofVideo = video.stream().captureClock().cname();
    return ofAudio.isEmpty() || ofVideo.isEmpty() || ofAudio.equals(ofVideo);
  }

  /** Null before the remote has said what its timestamps mean. */
  private static @Nullable StreamTime time(@Nullable Reception reception) {
    if (reception == null || reception.clockRate() == 0) {
      return null;
    }
    SenderClock clock = reception.stream().senderClock();
    if (!clock.isKnown()) {
      return null;
    }
    long timestamp = reception.lastTimestamp();
    long ntp = clock.ntpAt(timestamp, reception.clockRate());
    return new StreamTime(
        ntp, timestamp, reception.clockRate(), timestamp, reception.lastArrivalNs());
  }
}
