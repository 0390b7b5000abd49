package org.purertc.internal.rtp.jitter;

import org.purertc.internal.rtp.jitter.AudioQueue.Fate;
import org.purertc.internal.rtp.jitter.AudioQueue.Waiting;
import org.purertc.internal.util.Timer;

/**
 * Audio for who passes it on and plays nothing: each frame at once, but in order. A missing packet
 * holds the later ones back for a moment only.
 */
public final class AudioReorderBuffer implements AudioBuffer {
  private final AudioQueue queue;
  private final AudioOutput output;
  private final long waitNs;
  private final Timer waiting = new Timer();

  /**
   * @param waitNs for a packet that is missing, from when the next one came
   */
  public AudioReorderBuffer(
      int clockRate, FrameDuration duration, long waitNs, AudioListener listener) {
    if (waitNs < 0) {
      throw new IllegalArgumentException("wait " + waitNs);
    }
    this.queue = new AudioQueue(clockRate, duration);
    this.output = new AudioOutput(listener);
    this.waitNs = waitNs;
  }

  @Override
  public void insert(BufferedPacket packet, long nowNs) {
    Fate fate = queue.offer(packet);
    if (fate == Fate.BEGINS_ANEW) {
      output.restarted();
      output.discarded(queue.size());
      queue.restart();
      fate = queue.offer(packet);
    }
    if (fate != Fate.ADDED) {
      output.discarded(1);
      return;
    }
    advance(nowNs);
  }

  @Override
  public long nextDeadlineNs() {
    return waiting.deadlineNs();
  }

  @Override
  public void onDeadline(long nowNs) {
    if (waiting.expire(nowNs)) {
      advance(nowNs);
    }
  }

  @Override
  public void drain(long nowNs) {
    waiting.stop();
    Waiting first = queue.first();
    while (first != null) {
      queue.removeFirst();
      output.release(first, nowNs);
      first = queue.first();
    }
  }

  @Override
  public AudioBufferCounters counters() {
    return output.counters();
  }

  private void advance(long nowNs) {
    waiting.stop();
    Waiting first = queue.first();
    while (first != null) {
      long missing = queue.missingBefore(first);
      if (missing > 0) {
        long deadlineNs = first.packet().arrivalNs() + waitNs;
        if (nowNs < deadlineNs && !queue.isTooFull()) {
          waiting.start(deadlineNs, 0);
          return;
        }
        giveUp(first, missing, nowNs);
      }
      queue.removeFirst();
      output.release(first, nowNs);
      first = queue.first();
    }
  }

  private void giveUp(Waiting first, long missing, long nowNs) {
    long timestamp = queue.nextTimestamp();
    long ticksLeft = first.packet().timestamp() - timestamp;
    long ticks = Math.min(ticksLeft, missing * first.ticks());
    if (ticks > 0) {
      output.gap(
          new AudioGap(
              queue.nextSequence(),
              missing,
              timestamp,
              ticks,
              ticks == ticksLeft ? first.packet() : null),
          nowNs);
    }
  }
}
