package org.purertc.internal.rtp.jitter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** A sender of audio, a network and a buffer in virtual time. */
final class AudioSimulation implements AudioListener {
  static final int CLOCK_RATE = 48_000;
  static final int FRAME_TICKS = 960;
  static final long FRAME_NS = 20_000_000;

  /** What the network does to the packet of this number, in ns; less than 0 loses it. */
  interface Network {
    long delayNs(int packet, Random random);
  }

  private record Arrival(BufferedPacket packet, long atNs) {}

  final List<AudioFrame> frames = new ArrayList<>();
  final List<Long> releasedNs = new ArrayList<>();
  final List<AudioGap> gaps = new ArrayList<>();
  final List<Long> heldNs = new ArrayList<>();
  final AudioBuffer buffer;

  private final PriorityQueue<Arrival> network =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::atNs));
  private final Random random;
  private long firstSequence = 65_000;
  private long firstTimestamp = (1L << 32) - 5 * CLOCK_RATE;
  private double senderClock = 1;
  private int sent;
  private int silentFrames;
  private long captureNs = 1_000_000_000;
  private long nowNs;

  private AudioSimulation(long seed, boolean atOnce) {
    random = new Random(seed);
    FrameDuration opus = (payloadType, payload) -> FRAME_TICKS;
    buffer =
        atOnce
            ? new AudioReorderBuffer(CLOCK_RATE, opus, 30_000_000, this)
            : new AudioJitterBuffer(CLOCK_RATE, opus, this);
  }

  static AudioSimulation playing(long seed) {
    return new AudioSimulation(seed, false);
  }

  static AudioSimulation forwarding(long seed) {
    return new AudioSimulation(seed, true);
  }

  AudioSimulation senderClockFasterBy(double partsPerMillion) {
    senderClock = 1 / (1 + partsPerMillion / 1e6);
    return this;
  }

  AudioJitterBuffer playout() {
    return (AudioJitterBuffer) buffer;
  }

  /** The sender is silent and sends nothing for so many frames. */
  AudioSimulation silence(int numberOfFrames) {
    silentFrames += numberOfFrames;
    captureNs += (long) (numberOfFrames * FRAME_NS * senderClock);
    return this;
  }

  /** Sender begins anew with other numbers. */
  AudioSimulation jump(long sequences, long ticks) {
    firstSequence += sequences;
    firstTimestamp += ticks;
    return this;
  }

  AudioSimulation send(int packets, Network delays) {
    for (int i = 0; i < packets; i++) {
      long delayNs = delays.delayNs(i, random);
      long timestamp = firstTimestamp + (long) (sent + silentFrames) * FRAME_TICKS;
      byte[] payload = {(byte) (sent >> 16), (byte) (sent >> 8), (byte) sent};
      long atNs = captureNs + delayNs;
      if (delayNs >= 0) {
        network.add(
            new Arrival(
                new BufferedPacket(firstSequence + sent, timestamp, false, 111, payload, atNs),
                atNs));
      }
      sent++;
      captureNs += (long) (FRAME_NS * senderClock);
      runUntil(captureNs);
    }
    return this;
  }

  AudioSimulation finish() {
    runUntil(captureNs + 5_000_000_000L);
    return this;
  }

  private void runUntil(long endNs) {
    while (true) {
      Arrival arrival = network.peek();
      long arrivalNs = arrival == null ? Long.MAX_VALUE : arrival.atNs;
      long nextNs = Math.min(arrivalNs, buffer.nextDeadlineNs());
      if (nextNs > endNs) {
        nowNs = Math.max(nowNs, endNs);
        return;
      }
      nowNs = Math.max(nowNs, nextNs);
      if (arrivalNs <= buffer.nextDeadlineNs()) {
        network.remove();
        buffer.insert(arrival.packet, nowNs);
      } else {
        buffer.onDeadline(nowNs);
      }
    }
  }

  @Override
  public void onFrame(AudioFrame frame, long nowNs) {
    frames.add(frame);
    releasedNs.add(nowNs);
    heldNs.add(nowNs - frame.arrivalNs());
  }

  @Override
  public void onGap(AudioGap gap, long nowNs) {
    gaps.add(gap);
  }

  int sent() {
    return sent;
  }

  static int number(AudioFrame frame) {
    byte[] data = frame.data();
    return (data[0] & 0xff) << 16 | (data[1] & 0xff) << 8 | data[2] & 0xff;
  }

  /** Numbers of the released frames in the order of release. */
  int[] numbers() {
    return frames.stream().mapToInt(AudioSimulation::number).toArray();
  }

  /** From capture to release, of the last frames, in ms. */
  double latencyMs(int lastFrames) {
    long sum = 0;
    for (int i = frames.size() - lastFrames; i < frames.size(); i++) {
      sum += releasedNs.get(i) - 1_000_000_000;
      sum -=
          (long)
              ((frames.get(i).timestamp() - firstTimestamp)
                  / (double) FRAME_TICKS
                  * FRAME_NS
                  * senderClock);
    }
    return sum / 1e6 / lastFrames;
  }

  long[] intervalsNs() {
    long[] intervals = new long[Math.max(0, releasedNs.size() - 1)];
    Arrays.setAll(intervals, i -> releasedNs.get(i + 1) - releasedNs.get(i));
    return intervals;
  }
}
