package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;

/**
 * A camera, a network that loses, delays, doubles and retransmits, and a buffer, in virtual time.
 * Each frame that comes out is held against what it was made from.
 */
final class VideoSimulation implements VideoFrameListener {
  static final long MS = 1_000_000;
  static final long FRAME_NS = 33_333_333;
  private static final int PAYLOAD_TYPE = 96;
  private static final int[] NONE = {};

  /** How frames need each other, and what the format tells of it. */
  enum Structure {
    /** Each needs the last; nothing is told, often not even where a frame begins. */
    UNTOLD,
    /** Each needs the last; 15 bits of picture id. */
    PICTURE_IDS,
    /** Three temporal layers as VP8 has them. */
    LAYERS,
    /** Three temporal layers; 7 bits of picture id and the references. */
    REFERENCES
  }

  private record Arrival(BufferedPacket packet, long atNs, long order) {}

  record Sent(int number, boolean keyFrame, List<Integer> needs, long captureNs) {}

  record Released(int number, long atNs) {}

  final List<Sent> sent = new ArrayList<>();
  final List<Released> released = new ArrayList<>();
  final List<Long> requestsNs = new ArrayList<>();
  final VideoFrameBuffer buffer;

  private final Structure structure;
  private final Random random;
  private final PriorityQueue<Arrival> network =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::atNs).thenComparingLong(Arrival::order));
  private final Set<Integer> known = new HashSet<>();
  private double loss;
  private double duplicates;
  private long jitterNs;
  private long roundTripNs = 100 * MS;
  private int retransmissions;
  private long sequence = 65_500;
  private long order;
  private int sinceKey;
  private int tl0 = 250;
  private long keyFrameDueNs = Long.MAX_VALUE;
  private long nowNs;

  VideoSimulation(Structure structure, long seed) {
    this.structure = structure;
    this.random = new Random(seed);
    buffer =
        new VideoFrameBuffer(
            90_000, VideoBufferLimits.DEFAULT, payloadType -> new ToyFormat(), this);
  }

  VideoSimulation losePercent(double percent) {
    loss = percent / 100;
    return this;
  }

  VideoSimulation duplicatePercent(double percent) {
    duplicates = percent / 100;
    return this;
  }

  VideoSimulation jitterMs(long milliseconds) {
    jitterNs = milliseconds * MS;
    return this;
  }

  VideoSimulation roundTripMs(long milliseconds) {
    roundTripNs = milliseconds * MS;
    return this;
  }

  /** What is lost comes after so many round trips at the latest. */
  VideoSimulation retransmitting(int rounds) {
    retransmissions = rounds;
    return this;
  }

  VideoSimulation send(int frames) {
    for (int i = 0; i < frames; i++) {
      sendFrame();
      runUntil(nowNs + FRAME_NS);
    }
    return this;
  }

  VideoSimulation finish() {
    loss = 0;
    send(30);
    runUntil(nowNs + 2_000 * MS);
    return this;
  }

  private void sendFrame() {
    int number = sent.size();
    boolean keyFrame = number == 0 || nowNs >= keyFrameDueNs;
    sinceKey = keyFrame ? 0 : sinceKey + 1;
    if (keyFrame) {
      keyFrameDueNs = Long.MAX_VALUE;
    }
    tl0 += layer() <= 0 ? 1 : 0;
    List<Integer> needs = keyFrame ? List.of() : needs(number);
    sent.add(new Sent(number, keyFrame, needs, nowNs));
    int packets = keyFrame ? 8 : 1 + random.nextInt(4);
    for (int i = 0; i < packets; i++) {
      byte[] payload =
          ToyFormat.payload(descriptor(number, keyFrame, i, needs), number, i, packets, 100);
      send(payload, number, i == packets - 1);
    }
    if (random.nextInt(10) == 0) {
      send(new byte[0], number, false);
    }
  }

  private void send(byte[] payload, int number, boolean marker) {
    long timestamp = (1L << 32) - 90_000 + number * 3_000L;
    long number64 = sequence++;
    long atNs = nowNs + roundTripNs / 2 + (long) (random.nextDouble() * jitterNs);
    boolean lost = random.nextDouble() < loss;
    for (int round = 1; lost && round <= retransmissions; round++) {
      atNs += roundTripNs;
      lost = round < retransmissions && random.nextDouble() < loss;
    }
    int copies = random.nextDouble() < duplicates ? 2 : 1;
    for (int i = 0; i < copies && !lost; i++) {
      network.add(
          new Arrival(
              new BufferedPacket(number64, timestamp, marker, PAYLOAD_TYPE, payload, atNs),
              atNs,
              order++));
      atNs += 7 * MS;
    }
  }

  private int layer() {
    if (structure == Structure.UNTOLD || structure == Structure.PICTURE_IDS) {
      return -1;
    }
    return new int[] {0, 2, 1, 2}[sinceKey % 4];
  }

  private boolean isSync() {
    return sinceKey % 4 == 1 || sinceKey % 16 == 2;
  }

  private List<Integer> needs(int number) {
    return switch (structure) {
      case UNTOLD, PICTURE_IDS -> List.of(number - 1);
      case LAYERS, REFERENCES ->
          switch (sinceKey % 4) {
            case 0 -> List.of(number - 4);
            case 1 -> List.of(number - 1);
            case 2 -> isSync() ? List.of(number - 2) : List.of(number - 2, number - 4);
            default -> List.of(number - 1, number - 2);
          };
    };
  }

  private PayloadDescriptor descriptor(
      int number, boolean keyFrame, int index, List<Integer> needs) {
    Start start = index == 0 ? Start.YES : Start.NO;
    return switch (structure) {
      case UNTOLD -> PayloadDescriptor.of(untold(keyFrame, index), keyFrame && index > 0);
      case PICTURE_IDS ->
          new PayloadDescriptor(
              start, keyFrame, 32_700 + number & 0x7fff, 15, -1, -1, -1, false, NONE);
      case LAYERS ->
          new PayloadDescriptor(
              start,
              keyFrame,
              32_700 + number & 0x7fff,
              15,
              tl0 & 0xff,
              layer(),
              -1,
              isSync(),
              NONE);
      case REFERENCES ->
          new PayloadDescriptor(
              start,
              keyFrame,
              number & 0x7f,
              7,
              -1,
              layer(),
              0,
              false,
              needs.stream().mapToInt(need -> number - need).toArray());
    };
  }

  /** In key frames as H.264's fragments, in others as its slices. */
  private static Start untold(boolean keyFrame, int index) {
    return index == 0 || !keyFrame && index < 3 ? Start.UNKNOWN : Start.NO;
  }

  private void runUntil(long endNs) {
    while (true) {
      Arrival arrival = network.peek();
      long arrivalNs = arrival == null ? Long.MAX_VALUE : arrival.atNs;
      long nextNs = Math.min(arrivalNs, buffer.nextDeadlineNs());
      if (nextNs > endNs) {
        nowNs = endNs;
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
  public void onFrame(AssembledFrame frame, long nowNs) {
    int number = ToyFormat.number(frame);
    Sent original = sent.get(number);
    assertThat(frame.keyFrame()).isEqualTo(original.keyFrame);
    assertThat(known).as("frame %d needs %s", number, original.needs).containsAll(original.needs);
    assertThat(known.add(number)).as("frame %d again", number).isTrue();
    released.add(new Released(number, nowNs));
  }

  @Override
  public void onKeyFrameNeeded(long nowNs) {
    requestsNs.add(nowNs);
    keyFrameDueNs = Math.min(keyFrameDueNs, nowNs + roundTripNs / 2);
  }

  /** Numbers of the released frames in the order of release. */
  List<Integer> numbers() {
    return released.stream().map(Released::number).toList();
  }

  /** The longest time from a frame's capture to its release. */
  long longestNs() {
    return released.stream()
        .mapToLong(frame -> frame.atNs - sent.get(frame.number).captureNs)
        .max()
        .orElseThrow();
  }

  /** The longest time without a new picture. */
  long longestFreezeNs() {
    long longestNs = 0;
    for (int i = 1; i < released.size(); i++) {
      longestNs = Math.max(longestNs, released.get(i).atNs - released.get(i - 1).atNs);
    }
    return longestNs;
  }
}
