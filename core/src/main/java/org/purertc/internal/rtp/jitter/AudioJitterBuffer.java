package org.purertc.internal.rtp.jitter;

import org.purertc.internal.rtp.jitter.AudioQueue.Fate;
import org.purertc.internal.rtp.jitter.AudioQueue.Waiting;
import org.purertc.internal.util.Timer;

/**
 * Audio at an even pace: each frame when it is due, by its timestamp and a delay that follows what
 * the network does to packets, in the manner of NetEq. Since nobody here stretches sound, the delay
 * changes by frames that are released a little earlier or later than the one before ended, and more
 * quickly in silence that was not sent.
 */
public final class AudioJitterBuffer implements AudioBuffer {
  private static final long MILLISECOND_NS = 1_000_000;

  /** So that growing is possible without losing what waits: of the second that may wait. */
  private static final long MOST_DELAY_NS = 750 * MILLISECOND_NS;

  /** A packet later than this, by its timestamp, belongs to a new timeline. */
  private static final long RESTART_LATE_NS = 3_000 * MILLISECOND_NS;

  /** So does one that is earlier by more than what may wait. */
  private static final long RESTART_EARLY_NS = 1_000 * MILLISECOND_NS;

  /** The delay is left alone when it is too long by less. */
  private static final long TOLERANCE_NS = 10 * MILLISECOND_NS;

  /** Frames are released at most a tenth closer together, or further apart, than they last. */
  private static final int PACE_CHANGE = 10;

  /** Silence becomes at most this part longer or shorter. */
  private static final int SILENCE_CHANGE = 2;

  private final RtpClock clock;
  private final AudioQueue queue;
  private final AudioOutput output;
  private final TargetDelay target = new TargetDelay(MOST_DELAY_NS);
  private final ArrivalHistory arrivals = new ArrivalHistory();
  private final Timer due = new Timer();

  /** When timestamp 0 would be due. */
  private long playoutOffsetNs;

  /** Before which packet the silence was made longer or shorter. */
  private long adjustedBefore = Long.MIN_VALUE;

  public AudioJitterBuffer(int clockRate, FrameDuration duration, AudioListener listener) {
    this.clock = new RtpClock(clockRate);
    this.queue = new AudioQueue(clockRate, duration);
    this.output = new AudioOutput(listener);
  }

  /** The least delay, W3C's {@code jitterBufferTarget} or lip sync's, and the most. */
  public void setDelayLimits(long minimumNs, long maximumNs) {
    target.setLimits(minimumNs, maximumNs);
  }

  /** The delay that is aimed at, from the quickest packet's arrival. */
  public long targetDelayNs() {
    return target.targetNs();
  }

  /** The delay at present, from the quickest packet's arrival; 0 before one came. */
  public long currentDelayNs() {
    return arrivals.isEmpty() ? 0 : playoutOffsetNs - arrivals.lowestOffsetNs();
  }

  /** Packets that wait. */
  public int waitingPackets() {
    return queue.size();
  }

  /** Payload bytes that wait. */
  public long waitingBytes() {
    return queue.bytes();
  }

  @Override
  public AudioBufferCounters counters() {
    return output.counters();
  }

  @Override
  public long nextDeadlineNs() {
    return due.deadlineNs();
  }

  @Override
  public void onDeadline(long nowNs) {
    if (due.expire(nowNs)) {
      advance(nowNs);
    }
  }

  @Override
  public void insert(BufferedPacket packet, long nowNs) {
    boolean isReordered = packet.sequence() <= queue.highest();
    if (!isReordered && packet.payload().length > 0 && isOfNewTimeline(packet)) {
      restart(nowNs);
    }
    Fate fate = queue.offer(packet);
    if (fate == Fate.BEGINS_ANEW) {
      restart(nowNs);
      isReordered = false;
      fate = queue.offer(packet);
    }
    if (fate != Fate.ADDED) {
      output.discarded(1);
    }
    if (fate != Fate.DUPLICATE && packet.payload().length > 0 && !isOfNewTimeline(packet)) {
      measure(packet, isReordered, nowNs);
    }
    if (queue.isTooFull()) {
      dropOldest(nowNs);
    }
    advance(nowNs);
  }

  private long offsetNs(BufferedPacket packet) {
    return packet.arrivalNs() - clock.toNs(packet.timestamp());
  }

  private boolean isOfNewTimeline(BufferedPacket packet) {
    if (arrivals.isEmpty()) {
      return false;
    }
    long lateNs = offsetNs(packet) - arrivals.lowestOffsetNs();
    return lateNs > RESTART_LATE_NS || lateNs < -RESTART_EARLY_NS;
  }

  /** What still waits is released at once, for its time will not come. */
  private void restart(long nowNs) {
    output.restarted();
    drain(nowNs);
    queue.restart();
    arrivals.clear();
  }

  @Override
  public void drain(long nowNs) {
    due.stop();
    Waiting first = queue.first();
    while (first != null) {
      queue.removeFirst();
      output.release(first, nowNs);
      first = queue.first();
    }
  }

  private void measure(BufferedPacket packet, boolean isReordered, long nowNs) {
    long offsetNs = offsetNs(packet);
    arrivals.add(offsetNs, packet.arrivalNs());
    target.onPacket(offsetNs - arrivals.lowestOffsetNs(), isReordered, nowNs);
    if (!queue.hasBegun()) {
      playoutOffsetNs = wantedOffsetNs();
    }
  }

  private long wantedOffsetNs() {
    return arrivals.lowestOffsetNs() + target.targetNs();
  }

  private void advance(long nowNs) {
    due.stop();
    boolean goesOn = true;
    while (goesOn) {
      Waiting first = queue.first();
      goesOn = first != null && advanceTo(first, nowNs);
    }
  }

  private boolean advanceTo(Waiting first, long nowNs) {
    long timestamp = first.packet().timestamp();
    if (queue.hasBegun() && timestamp > queue.nextTimestamp()) {
      if (queue.missingBefore(first) > 0) {
        return conceal(first, nowNs);
      }
      adjustSilence(first);
    }
    long dueNs = playoutOffsetNs + clock.toNs(timestamp);
    if (nowNs < dueNs) {
      due.start(dueNs, 0);
      return false;
    }
    long lateNs = first.packet().arrivalNs() - dueNs;
    if (lateNs > 0 && queue.hasBegun()) {
      // Silence went on until it came: from now on all is that much later.
      playoutOffsetNs += lateNs;
      if (timestamp == queue.nextTimestamp()) {
        output.concealed(clock.toTicks(lateNs));
      }
    }
    queue.removeFirst();
    output.aimedAt(target.targetNs(), target.networkNs(), first.ticks());
    adjust(clock.toNs(first.ticks()) / PACE_CHANGE);
    output.release(first, nowNs);
    return true;
  }

  /** The packet that is due is not there, but a later one is. */
  private boolean conceal(Waiting first, long nowNs) {
    long timestamp = queue.nextTimestamp();
    long dueNs = playoutOffsetNs + clock.toNs(timestamp);
    if (nowNs < dueNs) {
      due.start(dueNs, 0);
      return false;
    }
    long ticksLeft = first.packet().timestamp() - timestamp;
    // Of frames that short several are taken together.
    long ticks = Math.min(ticksLeft, Math.max(first.ticks(), clock.rate() / 100));
    long missing = queue.missingBefore(first);
    long packets = ticks == ticksLeft ? missing : 1;
    AudioGap gap =
        new AudioGap(
            queue.nextSequence(),
            packets,
            timestamp,
            ticks,
            ticks == ticksLeft ? first.packet() : null);
    queue.passMissing(packets, ticks);
    adjust(clock.toNs(ticks) / PACE_CHANGE);
    output.gap(gap, nowNs);
    return true;
  }

  /** Nothing was sent between the last frame and this one. */
  private void adjustSilence(Waiting first) {
    if (adjustedBefore != first.packet().sequence()) {
      adjustedBefore = first.packet().sequence();
      long silenceTicks = first.packet().timestamp() - queue.nextTimestamp();
      adjust(clock.toNs(silenceTicks) / SILENCE_CHANGE);
    }
  }

  private void adjust(long mostNs) {
    long wrongNs = wantedOffsetNs() - playoutOffsetNs;
    if (wrongNs < -TOLERANCE_NS || wrongNs > 0) {
      long stepNs = Math.max(-mostNs, Math.min(mostNs, wrongNs));
      playoutOffsetNs += stepNs;
      output.shifted(clock.toTicks(stepNs));
    }
  }

  /** More waits than may: what would be due first is left out, and the rest is due earlier. */
  private void dropOldest(long nowNs) {
    Waiting first = queue.first();
    if (first == null) {
      return;
    }
    long sequence = first.packet().sequence();
    long timestamp = first.packet().timestamp();
    long packets = 0;
    while (first != null && queue.isTooFull()) {
      queue.removeFirst();
      packets++;
      first = queue.first();
    }
    if (first == null) {
      return;
    }
    output.discarded(packets);
    long ticks = Math.max(0, first.packet().timestamp() - timestamp);
    playoutOffsetNs -= clock.toNs(ticks);
    output.shifted(-ticks);
    queue.expect(first.packet().sequence(), first.packet().timestamp());
    output.gap(
        new AudioGap(sequence, first.packet().sequence() - sequence, timestamp, ticks, null),
        nowNs);
  }
}
