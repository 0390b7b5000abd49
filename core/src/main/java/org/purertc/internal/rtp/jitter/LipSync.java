package org.purertc.internal.rtp.jitter;

/**
 * Sound and picture of one sender together: by how much each has to be held back beyond what its
 * own buffer wants, in the manner of libwebrtc's stream synchronization. Changes are small, so that
 * nobody notices, and made only when sound and picture are noticeably apart.
 */
public final class LipSync {
  private static final long MILLISECOND_NS = 1_000_000;

  /** Below this nobody sees or hears a difference. */
  private static final long LEAST_NS = 30 * MILLISECOND_NS;

  private static final long MOST_CHANGE_NS = 80 * MILLISECOND_NS;

  /** A stream that is further off has a wrong clock rather than a delay. */
  private static final long MOST_NS = 10_000 * MILLISECOND_NS;

  private static final int SMOOTHING = 4;

  /**
   * What is known of one stream's timing.
   *
   * @param ntp of its last sender report: seconds since 1900 in 32.32 bits
   * @param rtpTimestamp of the same report, 32 bits
   * @param clockRate of its timestamps
   * @param lastTimestamp of the packet that came last, unwrapped or not
   * @param lastArrivalNs when that came
   */
  public record StreamTime(
      long ntp, long rtpTimestamp, int clockRate, long lastTimestamp, long lastArrivalNs) {

    public StreamTime {
      if (clockRate <= 0) {
        throw new IllegalArgumentException("clock rate " + clockRate);
      }
    }

    /** How much later than the other stream's report this one's packet was captured. */
    private long capturedNsAfter(long otherNtp) {
      long reportNs = fractionsToNs(ntp - otherNtp);
      int ticks = (int) (lastTimestamp - rtpTimestamp);
      return reportNs + new RtpClock(clockRate).toNs(ticks);
    }

    private static long fractionsToNs(long fractions) {
      return (fractions >> 32) * 1_000_000_000
          + ((fractions & 0xffff_ffffL) * 1_000_000_000 >>> 32);
    }
  }

  private long averageNs;
  private long audioExtraNs;
  private long videoExtraNs;

  /**
   * To be called about once a second.
   *
   * @param audioDelayNs how long sound is held at present, from its arrival
   * @param videoDelayNs how long the picture is
   * @return whether {@link #audioExtraNs} or {@link #videoExtraNs} changed
   */
  public boolean update(StreamTime audio, StreamTime video, long audioDelayNs, long videoDelayNs) {
    long relativeNs = relativeDelayNs(audio, video);
    if (Math.abs(relativeNs) > MOST_NS) {
      return false;
    }
    // Above 0 the picture is behind the sound.
    long apartNs = videoDelayNs - audioDelayNs + relativeNs;
    averageNs = ((SMOOTHING - 1) * averageNs + apartNs) / SMOOTHING;
    if (Math.abs(averageNs) < LEAST_NS) {
      return false;
    }
    long changeNs = Math.max(-MOST_CHANGE_NS, Math.min(MOST_CHANGE_NS, averageNs / 2));
    averageNs = 0;
    shift(changeNs);
    return true;
  }

  /** How much longer the picture was under way than the sound. */
  public static long relativeDelayNs(StreamTime audio, StreamTime video) {
    long arrivalNs = video.lastArrivalNs() - audio.lastArrivalNs();
    long captureNs = video.capturedNsAfter(audio.ntp()) - audio.capturedNsAfter(audio.ntp());
    return arrivalNs - captureNs;
  }

  /** What holds one stream back is taken away before the other is held back. */
  private void shift(long changeNs) {
    if (changeNs > 0) {
      if (videoExtraNs > 0) {
        videoExtraNs = Math.max(0, videoExtraNs - changeNs);
      } else {
        audioExtraNs = Math.min(MOST_NS, audioExtraNs + changeNs);
      }
    } else if (audioExtraNs > 0) {
      audioExtraNs = Math.max(0, audioExtraNs + changeNs);
    } else {
      videoExtraNs = Math.min(MOST_NS, videoExtraNs - changeNs);
    }
  }

  /** How much longer sound has to be held than it would be by itself. */
  public long audioExtraNs() {
    return audioExtraNs;
  }

  /** How much longer the picture has to be held than it would be by itself. */
  public long videoExtraNs() {
    return videoExtraNs;
  }
}
