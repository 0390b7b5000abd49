package org.purertc.internal.media;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.jitter.AudioBuffer;
import org.purertc.internal.rtp.jitter.AudioBufferCounters;
import org.purertc.internal.rtp.jitter.AudioFrame;
import org.purertc.internal.rtp.jitter.AudioGap;
import org.purertc.internal.rtp.jitter.AudioJitterBuffer;
import org.purertc.internal.rtp.jitter.AudioListener;
import org.purertc.internal.rtp.jitter.AudioReorderBuffer;
import org.purertc.internal.rtp.jitter.BufferedPacket;
import org.purertc.internal.rtp.jitter.FrameDuration;
import org.purertc.internal.util.Timer;

/**
 * The buffer of one audio stream, and another one when the program wants another kind of it or the
 * codec's clock changes. What the old one holds is given out before.
 */
final class AudioDelay implements AudioListener {
  /** Packets that overtook one another come within a frame's time; more would be felt. */
  private static final long REORDER_WAIT_NS = 20_000_000;

  private static final long NO_MAXIMUM_NS = Long.MAX_VALUE;

  private final FrameDuration duration;
  private final AudioListener listener;
  private @Nullable AudioBuffer buffer;
  private int clockRate;
  private Smoothing smoothing = Smoothing.DEFAULT;
  private AudioBufferCounters before = AudioBufferCounters.NONE;
  private long discarded;
  private long givenUpTo = Long.MIN_VALUE;

  /** What an earlier buffer gave out must not come again. */
  private long floor = Long.MIN_VALUE;

  AudioDelay(FrameDuration duration, AudioListener listener) {
    this.duration = duration;
    this.listener = listener;
  }

  /** The rate of the clock that timestamps are in; 0 before a packet. */
  int clockRate() {
    return clockRate;
  }

  void smooth(Smoothing changed, long nowNs) {
    boolean isOther = changed.isAudioAtOnce() != smoothing.isAudioAtOnce();
    smoothing = changed;
    if (isOther) {
      end(nowNs);
    } else if (buffer instanceof AudioJitterBuffer adaptive) {
      adaptive.setDelayLimits(changed.leastNs(), NO_MAXIMUM_NS);
    }
  }

  /** Gives out what waits; the next packet has nothing to do with it. */
  void end(long nowNs) {
    AudioBuffer ended = buffer;
    if (ended != null) {
      ended.drain(nowNs);
      before = before.plus(ended.counters());
      buffer = null;
      floor = givenUpTo;
    }
  }

  /**
   * @param packetClockRate of its codec
   */
  void insert(BufferedPacket packet, int packetClockRate, long nowNs) {
    if (packet.sequence() <= floor) {
      discarded++;
      return;
    }
    AudioBuffer current = buffer;
    if (current == null) {
      clockRate = packetClockRate;
      current = newBuffer();
      buffer = current;
    }
    current.insert(packet, nowNs);
  }

  /** Nothing is missing in this place: it had no audio. */
  void pass(long sequence, long timestamp, int payloadType, long nowNs) {
    AudioBuffer current = buffer;
    if (current != null && sequence > floor) {
      BufferedPacket nothing =
          new BufferedPacket(sequence, timestamp, false, payloadType, new byte[0], nowNs);
      current.insert(nothing, nowNs);
    }
  }

  private AudioBuffer newBuffer() {
    if (smoothing.isAudioAtOnce()) {
      return new AudioReorderBuffer(clockRate, duration, REORDER_WAIT_NS, this);
    }
    AudioJitterBuffer adaptive = new AudioJitterBuffer(clockRate, duration, this);
    adaptive.setDelayLimits(smoothing.leastNs(), NO_MAXIMUM_NS);
    return adaptive;
  }

  @Override
  public void onFrame(AudioFrame frame, long nowNs) {
    givenUpTo = Math.max(givenUpTo, frame.sequence());
    listener.onFrame(frame, nowNs);
  }

  @Override
  public void onGap(AudioGap gap, long nowNs) {
    listener.onGap(gap, nowNs);
  }

  /** How long audio waits at present. */
  long currentDelayNs() {
    return buffer instanceof AudioJitterBuffer adaptive ? adaptive.currentDelayNs() : 0;
  }

  long nextDeadlineNs() {
    AudioBuffer current = buffer;
    return current == null ? Timer.NEVER : current.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {
    AudioBuffer current = buffer;
    if (current != null) {
      current.onDeadline(nowNs);
    }
  }

  AudioBufferCounters counters() {
    AudioBuffer current = buffer;
    return current == null ? before : before.plus(current.counters());
  }

  /** Packets that came again or too late after the buffer had changed. */
  long discarded() {
    return discarded;
  }
}
