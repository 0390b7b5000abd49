package org.purertc.internal.media;

import java.util.List;
import org.purertc.internal.jsep.MediaKind;

/** How what a path carries is shared among the encoders that use it. */
final class TargetShares {
  private static final long AUDIO_MIN = 16_000;
  private static final long AUDIO_MAX = 64_000;

  /** Of the target, for all audio together. */
  private static final double AUDIO_SHARE = 0.15;

  private static final long VIDEO_MIN = 30_000;

  /** What a video encoder is taken to want that has no limit: 720p. */
  private static final long VIDEO_WANTED = 2_500_000;

  /** Headers of RTP and SRTP take about a twentieth of video's packets. */
  private static final double WITHOUT_HEADERS = 0.95;

  private TargetShares() {}

  /** Tells each encoder what it should reach: audio first, the rest in equal parts. */
  static void tell(List<SendingMedia> media, long bitsPerSecond) {
    int audio = count(media, MediaKind.AUDIO);
    int video = count(media, MediaKind.VIDEO);
    long forAudio = audio == 0 ? 0 : (long) (AUDIO_SHARE * bitsPerSecond) / audio;
    long eachAudio = Math.max(AUDIO_MIN, Math.min(AUDIO_MAX, forAudio));
    long rest = bitsPerSecond - audio * eachAudio;
    long eachVideo = video == 0 ? 0 : Math.max(VIDEO_MIN, (long) (WITHOUT_HEADERS * rest) / video);
    for (SendingMedia each : media) {
      if (each.isActive()) {
        boolean isAudio = each.media().kind() == MediaKind.AUDIO;
        each.target(Math.min(isAudio ? eachAudio : eachVideo, each.maxBitsPerSecond()));
      }
    }
  }

  private static int count(List<SendingMedia> media, MediaKind kind) {
    int count = 0;
    for (SendingMedia each : media) {
      if (each.isActive() && each.media().kind() == kind) {
        count++;
      }
    }
    return count;
  }

  /** What the encoders would send if the path carried it: nobody need look for more. */
  static long wanted(List<SendingMedia> media) {
    long wanted = 0;
    for (SendingMedia each : media) {
      if (each.isActive()) {
        boolean isAudio = each.media().kind() == MediaKind.AUDIO;
        long most = each.maxBitsPerSecond();
        long usual = isAudio ? AUDIO_MAX : VIDEO_WANTED;
        wanted += most == Long.MAX_VALUE ? usual : most;
      }
    }
    return Math.max(AUDIO_MIN, wanted);
  }
}
