package org.purertc.internal.rtp.cc;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.cc.Pacer.Priority;
import org.purertc.internal.rtp.rtcp.TransportFeedback;

/**
 * A sender and a receiver of sound and video: an encoder that follows the target with frames of
 * uneven sizes, 30 a second, our pacer, estimator and recorder, and a link each way.
 */
final class MediaFlow {
  private static final int PACKET_BYTES = 1200;
  private static final int AUDIO_BYTES = 120;
  private static final int FEEDBACK_OVERHEAD_BYTES = 60;

  private record Packet(int bytes, boolean video) {}

  final FlowRecord record = new FlowRecord();
  final SendSideBandwidth bandwidth;
  private final VirtualTime time;
  private final BottleneckLink forward;
  private final BottleneckLink backward;
  private final long delayNs;
  private final RandomGenerator random;
  private final Pacer<Packet> pacer;
  private final ArrivalRecorder recorder = new ArrivalRecorder(1);
  private @Nullable PathBudget budget;
  private long maxEncoder = Long.MAX_VALUE;
  private boolean paused = true;
  private boolean stopped;
  private long nextSequence;
  private long tickAtNs = Long.MAX_VALUE;
  private long recorderAtNs = Long.MAX_VALUE;

  MediaFlow(
      VirtualTime time,
      BottleneckLink forward,
      BottleneckLink backward,
      long delayMs,
      RandomGenerator random) {
    this.time = time;
    this.forward = forward;
    this.backward = backward;
    this.delayNs = delayMs * VirtualTime.MS;
    this.random = random;
    this.bandwidth =
        new SendSideBandwidth(
            SendSideBandwidth.DEFAULT_START,
            SendSideBandwidth.DEFAULT_MIN,
            20_000_000,
            this::onTarget);
    this.pacer = new Pacer<>(bandwidth.pacingBitsPerSecond(), 4_000_000, dropped -> {});
  }

  MediaFlow encoderLimit(long bitsPerSecond) {
    maxEncoder = bitsPerSecond;
    bandwidth.setWanted(bitsPerSecond, time.nowNs());
    return this;
  }

  MediaFlow sharing(PathBudget shared) {
    budget = shared;
    return this;
  }

  MediaFlow startAt(double seconds) {
    time.at(
        (long) (seconds * 1e9),
        () -> {
          paused = false;
          video();
          audio();
        });
    return this;
  }

  void pauseAt(double seconds) {
    time.at((long) (seconds * 1e9), () -> paused = true);
  }

  void stopAt(double seconds) {
    time.at((long) (seconds * 1e9), () -> stopped = true);
  }

  private void onTarget(long bitsPerSecond) {
    pacer.setRate(bandwidth.pacingBitsPerSecond());
    if (budget != null) {
      budget.setTarget(bitsPerSecond, time.nowNs());
    }
  }

  private void video() {
    if (stopped || paused) {
      return;
    }
    long allowed =
        budget == null ? bandwidth.targetBitsPerSecond() : budget.mediaBitsPerSecond(time.nowNs());
    long rate = Math.min(maxEncoder, allowed);
    double bytes = rate / 8.0 / 30 * random.nextDouble(0.8, 1.2);
    for (int left = (int) Math.max(100, bytes); left > 0; left -= PACKET_BYTES) {
      int size = Math.min(left, PACKET_BYTES);
      pacer.enqueue(new Packet(size, true), Priority.VIDEO, size, time.nowNs());
    }
    tick();
    time.after(VirtualTime.SECOND / 30, this::video);
  }

  private void audio() {
    if (stopped || paused) {
      return;
    }
    pacer.enqueue(new Packet(AUDIO_BYTES, false), Priority.AUDIO, AUDIO_BYTES, time.nowNs());
    tick();
    time.after(20 * VirtualTime.MS, this::audio);
  }

  private void tick() {
    long now = time.nowNs();
    if (bandwidth.nextDeadlineNs() <= now) {
      bandwidth.onDeadline(now);
    }
    for (ProbeCluster probe = bandwidth.pollProbe(); probe != null; probe = bandwidth.pollProbe()) {
      pacer.probe(probe, now);
    }
    boolean more = true;
    while (more) {
      for (Packet next = pacer.poll(now); next != null; next = pacer.poll(now)) {
        send(next.bytes());
      }
      int padding = pacer.paddingBytes(now);
      more = padding > 0;
      for (int left = padding; left > 0; left -= 255) {
        pacer.enqueue(new Packet(255, false), Priority.PADDING, 255, now);
      }
    }
    long next = Math.min(pacer.nextDeadlineNs(), bandwidth.nextDeadlineNs());
    long atNs = wholeMs(next);
    if (next != Long.MAX_VALUE && (atNs < tickAtNs || tickAtNs <= now)) {
      tickAtNs = atNs;
      time.at(
          atNs,
          () -> {
            if (tickAtNs == atNs) {
              tickAtNs = Long.MAX_VALUE;
              tick();
            }
          });
    }
  }

  /** Timers of the event loop are whole milliseconds, and at least one away. */
  private long wholeMs(long atNs) {
    if (atNs == Long.MAX_VALUE) {
      return atNs;
    }
    long later = Math.max(atNs, time.nowNs() + 1);
    return (later + VirtualTime.MS - 1) / VirtualTime.MS * VirtualTime.MS;
  }

  private void send(int bytes) {
    long now = time.nowNs();
    long sequence = nextSequence++;
    bandwidth.onPacketSent(sequence, bytes, pacer.probeClusterId(), now);
    if (budget != null) {
      budget.onMediaSent(bytes, now);
    }
    boolean accepted = forward.send(bytes, delayNs, () -> arrive(sequence, bytes, now));
    record.onSent(!accepted, now);
  }

  private void arrive(long sequence, int bytes, long sentNs) {
    long now = time.nowNs();
    record.onArrived(bytes, now - sentNs - delayNs, now);
    recorder.onPacket(1, (int) sequence & 0xffff, now);
    long due = wholeMs(recorder.nextDeadlineNs());
    if (due != recorderAtNs) {
      recorderAtNs = due;
      time.at(due, this::feedback);
    }
  }

  private void feedback() {
    recorder.onDeadline(time.nowNs());
    for (TransportFeedback next = recorder.poll(); next != null; next = recorder.poll()) {
      TransportFeedback feedback = next;
      backward.send(
          feedback.bytes() + FEEDBACK_OVERHEAD_BYTES,
          delayNs,
          () -> {
            bandwidth.onFeedback(feedback, time.nowNs());
            tick();
          });
    }
  }
}
