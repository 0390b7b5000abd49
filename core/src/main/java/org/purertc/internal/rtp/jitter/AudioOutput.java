package org.purertc.internal.rtp.jitter;

import org.purertc.internal.rtp.jitter.AudioQueue.Waiting;

/** Gives frames and gaps to the listener and counts them. */
final class AudioOutput {
  private final AudioListener listener;
  private double delayNs;
  private double targetDelayNs;
  private double minimumDelayNs;
  private long emitted;
  private long concealed;
  private long concealmentEvents;
  private long inserted;
  private long removed;
  private long frames;
  private long lost;
  private long discarded;
  private long restarts;
  private boolean isConcealing;

  AudioOutput(AudioListener listener) {
    this.listener = listener;
  }

  void release(Waiting waiting, long nowNs) {
    BufferedPacket packet = waiting.packet();
    frames++;
    emitted += waiting.ticks();
    delayNs += (double) (nowNs - packet.arrivalNs()) * waiting.ticks();
    isConcealing = false;
    listener.onFrame(
        new AudioFrame(
            packet.payload(),
            packet.timestamp(),
            waiting.ticks(),
            packet.sequence(),
            packet.marker(),
            packet.payloadType(),
            packet.arrivalNs()),
        nowNs);
  }

  void gap(AudioGap gap, long nowNs) {
    lost += gap.packets();
    concealed(gap.durationTicks());
    listener.onGap(gap, nowNs);
  }

  /** Nothing was there to be played for this long. */
  void concealed(long ticks) {
    concealmentEvents += isConcealing ? 0 : 1;
    isConcealing = true;
    concealed += ticks;
  }

  void aimedAt(long targetNs, long networkNs, int ticks) {
    targetDelayNs += (double) targetNs * ticks;
    minimumDelayNs += (double) networkNs * ticks;
  }

  /** Frames come later than one another by this much more than they last, or earlier. */
  void shifted(long ticks) {
    if (ticks > 0) {
      inserted += ticks;
    } else {
      removed -= ticks;
    }
  }

  void discarded(long packets) {
    discarded += packets;
  }

  void restarted() {
    restarts++;
  }

  AudioBufferCounters counters() {
    return new AudioBufferCounters(
        delayNs,
        targetDelayNs,
        minimumDelayNs,
        emitted,
        concealed,
        concealmentEvents,
        inserted,
        removed,
        frames,
        lost,
        discarded,
        restarts);
  }
}
