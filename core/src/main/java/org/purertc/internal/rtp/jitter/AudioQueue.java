package org.purertc.internal.rtp.jitter;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Audio packets that wait, in the order of their sequence numbers, and what is expected next. */
final class AudioQueue {
  static final int MAX_PACKETS = 500;
  static final int MAX_BYTES = 1 << 20;

  /** RFC 3550 appendix A.1: a jump back by more, twice in a row, is a sender that began anew. */
  private static final int MAX_MISORDER = 500;

  /** For formats that do not tell: what most send, 20 ms. */
  private static final int ASSUMED_FRAMES_PER_SECOND = 50;

  /** No format packs more into a packet: 120 ms. */
  private static final int LEAST_FRAMES_PER_SECOND = 8;

  /** A packet, and how long it plays. */
  record Waiting(BufferedPacket packet, int ticks) {}

  /** What became of a packet. */
  enum Fate {
    ADDED,
    /** It came already. */
    DUPLICATE,
    /** It was given up or played already, or is too long. */
    USELESS,
    /** Sequence numbers begin anew: nothing was done with it yet. */
    BEGINS_ANEW
  }

  private final int clockRate;
  private final FrameDuration duration;
  private final TreeMap<Long, Waiting> packets = new TreeMap<>();
  private final TreeSet<Long> padding = new TreeSet<>();
  private long bytes;
  private long ticks;
  private int assumedTicks;
  private boolean hasBegun;
  private long nextSequence;
  private long nextTimestamp;
  private long highest = Long.MIN_VALUE;

  /** Bit n: whether the packet n below the highest came. */
  private long received;

  /** After a packet from far back: the number that its successor would have. */
  private long afterJump = Long.MIN_VALUE;

  AudioQueue(int clockRate, FrameDuration duration) {
    this.clockRate = clockRate;
    this.duration = duration;
    this.assumedTicks = clockRate / ASSUMED_FRAMES_PER_SECOND;
  }

  /** Forgets everything; the next packet begins. */
  void restart() {
    packets.clear();
    padding.clear();
    bytes = 0;
    ticks = 0;
    hasBegun = false;
    highest = Long.MIN_VALUE;
    received = 0;
    afterJump = Long.MIN_VALUE;
  }

  /** Takes a packet if it is of use. */
  Fate offer(BufferedPacket packet) {
    long sequence = packet.sequence();
    if (wasReceived(sequence)) {
      return Fate.DUPLICATE;
    }
    if (hasBegun && sequence < nextSequence) {
      return old(sequence);
    }
    if (packet.payload().length > MAX_BYTES) {
      return Fate.USELESS;
    }
    note(sequence);
    if (packet.payload().length == 0) {
      addPadding(sequence);
    } else {
      Waiting waiting = new Waiting(packet, ticks(packet));
      packets.put(sequence, waiting);
      bytes += packet.payload().length;
      ticks += waiting.ticks;
    }
    return Fate.ADDED;
  }

  private Fate old(long sequence) {
    boolean isFarBack = nextSequence - sequence > MAX_MISORDER;
    if (isFarBack && sequence == afterJump) {
      return Fate.BEGINS_ANEW;
    }
    afterJump = isFarBack ? sequence + 1 : afterJump;
    note(sequence);
    return Fate.USELESS;
  }

  private boolean wasReceived(long sequence) {
    long below = highest - sequence;
    return below >= 0 && below < Long.SIZE && (received >>> below & 1) != 0
        || packets.containsKey(sequence)
        || padding.contains(sequence);
  }

  private void note(long sequence) {
    if (sequence > highest) {
      long above = sequence - highest;
      received = highest == Long.MIN_VALUE || above >= Long.SIZE ? 0 : received << above;
      highest = sequence;
    }
    if (highest - sequence < Long.SIZE) {
      received |= 1L << highest - sequence;
    }
  }

  private void addPadding(long sequence) {
    padding.add(sequence);
    passPadding();
    if (padding.size() > MAX_PACKETS) {
      padding.pollFirst();
    }
  }

  private int ticks(BufferedPacket packet) {
    int told = duration.ticks(packet.payloadType(), packet.payload());
    Waiting before = packets.get(packet.sequence() - 1);
    if (told <= 0 && before != null) {
      long difference = packet.timestamp() - before.packet.timestamp();
      if (difference > 0 && difference <= clockRate / LEAST_FRAMES_PER_SECOND) {
        assumedTicks = (int) difference;
      }
    }
    return told > 0 ? Math.min(told, clockRate) : assumedTicks;
  }

  @Nullable Waiting first() {
    Map.Entry<Long, Waiting> entry = packets.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  /** Takes the first packet; what was missing before it is not expected any more. */
  void removeFirst() {
    Map.Entry<Long, Waiting> entry = packets.pollFirstEntry();
    if (entry == null) {
      throw new IllegalStateException("no packet waits");
    }
    Waiting waiting = entry.getValue();
    bytes -= waiting.packet.payload().length;
    ticks -= waiting.ticks;
    expect(entry.getKey() + 1, waiting.packet.timestamp() + waiting.ticks);
  }

  /** Whether more waits than may: packets, bytes, or a second of sound. */
  boolean isTooFull() {
    return packets.size() > MAX_PACKETS || bytes > MAX_BYTES || ticks > clockRate;
  }

  /** From here on. */
  void expect(long sequence, long timestamp) {
    hasBegun = true;
    nextSequence = sequence;
    nextTimestamp = timestamp;
    passPadding();
  }

  /** Goes on behind missing packets. */
  void passMissing(long count, long missingTicks) {
    long sequence = nextSequence + count;
    for (long padded : padding) {
      if (padded > sequence) {
        break;
      }
      sequence++;
    }
    expect(sequence, nextTimestamp + missingTicks);
  }

  private void passPadding() {
    if (!hasBegun) {
      return;
    }
    while (!padding.isEmpty() && padding.first() <= nextSequence) {
      long passed = padding.first();
      padding.remove(passed);
      nextSequence = Math.max(nextSequence, passed + 1);
    }
  }

  /** How many packets are missing before this first one. */
  long missingBefore(Waiting first) {
    long sequence = first.packet.sequence();
    return hasBegun ? sequence - nextSequence - padding.headSet(sequence).size() : 0;
  }

  /** Whether something was taken or given up, so that older packets come too late. */
  boolean hasBegun() {
    return hasBegun;
  }

  int size() {
    return packets.size();
  }

  long bytes() {
    return bytes;
  }

  /** The highest sequence number since the beginning; the lowest long before. */
  long highest() {
    return highest;
  }

  long nextSequence() {
    return nextSequence;
  }

  /** Where the last packet that was taken ends. */
  long nextTimestamp() {
    return nextTimestamp;
  }
}
