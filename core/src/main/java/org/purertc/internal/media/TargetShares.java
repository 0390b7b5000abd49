package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.Comparator;
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

  /**
   * Tells each encoder what it should reach: audio first, the rest in equal parts to the tracks of
   * video. Of simulcast the smaller encodings come first, and those that find no room get 0.
   */
  static void tell(List<SendingMedia> media, long bitsPerSecond) {
    List<SendingMedia> audio = active(media, MediaKind.AUDIO);
    List<List<SendingMedia>> tracks = tracks(active(media, MediaKind.VIDEO));
    long forAudio = audio.isEmpty() ? 0 : (long) (AUDIO_SHARE * bitsPerSecond) / audio.size();
    long eachAudio = Math.max(AUDIO_MIN, Math.min(AUDIO_MAX, forAudio));
    for (SendingMedia each : audio) {
      each.target(Math.min(eachAudio, each.maxBitsPerSecond()));
    }
    long rest = bitsPerSecond - audio.size() * eachAudio;
    for (List<SendingMedia> track : tracks) {
      long share = (long) (WITHOUT_HEADERS * rest) / tracks.size();
      tellEncodings(track, Math.max(VIDEO_MIN, share));
    }
  }

  /**
   * @param encodings the smallest first
   */
  private static void tellEncodings(List<SendingMedia> encodings, long bitsPerSecond) {
    long rest = bitsPerSecond;
    for (int i = 0; i < encodings.size(); i++) {
      SendingMedia each = encodings.get(i);
      boolean isLargest = i == encodings.size() - 1;
      long most = isLargest ? each.maxBitsPerSecond() : usual(each);
      long target = Math.min(rest, most);
      each.target(i > 0 && rest < VIDEO_MIN ? 0 : target);
      rest -= target;
    }
  }

  private static List<SendingMedia> active(List<SendingMedia> media, MediaKind kind) {
    List<SendingMedia> active = new ArrayList<>();
    for (SendingMedia each : media) {
      if (each.isActive() && each.media().kind() == kind) {
        active.add(each);
      }
    }
    return active;
  }

  private static List<List<SendingMedia>> tracks(List<SendingMedia> video) {
    List<List<SendingMedia>> tracks = new ArrayList<>();
    for (SendingMedia each : video) {
      List<SendingMedia> same = null;
      for (List<SendingMedia> track : tracks) {
        same = track.get(0).hasTrackOf(each) ? track : same;
      }
      if (same == null) {
        same = new ArrayList<>(1);
        tracks.add(same);
      }
      same.add(each);
    }
    tracks.forEach(track -> track.sort(Comparator.comparingLong(TargetShares::usual)));
    return tracks;
  }

  private static long usual(SendingMedia media) {
    long most = media.maxBitsPerSecond();
    if (most != Long.MAX_VALUE) {
      return most;
    }
    double scale = media.scaledDownBy();
    return media.media().kind() == MediaKind.AUDIO
        ? AUDIO_MAX
        : Math.max(VIDEO_MIN, (long) (VIDEO_WANTED / (scale * scale)));
  }

  /** What the encoders would send if the path carried it: nobody need look for more. */
  static long wanted(List<SendingMedia> media) {
    long wanted = 0;
    for (SendingMedia each : media) {
      if (each.isActive()) {
        wanted += usual(each);
      }
    }
    return Math.max(AUDIO_MIN, wanted);
  }
}
