package org.purertc.internal.rtp.jitter;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.Timer;

/**
 * Packets above a floor, by sequence number, and since when which of them are missing. Everything
 * at or below the floor has been used or given up.
 */
final class PacketStore {
  /** How many packets may wait, and how far apart the first and the last may be. */
  static final int MAX_PACKETS = 2_048;

  static final long MAX_BYTES = 4L << 20;
  private static final int INITIAL_CAPACITY = 64;

  /** Missing packets whose absence showed at the same time. */
  private record Gap(long last, long noticedNs) {}

  private @Nullable StoredPacket[] slots = new StoredPacket[INITIAL_CAPACITY];
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();
  private long floor;
  private long highest;
  private long firstMissing = 1;
  private int count;
  private long bytes;

  /** Empties it; the next packet is expected above this floor. */
  void restart(long newFloor) {
    Arrays.fill(slots, null);
    gaps.clear();
    floor = newFloor;
    highest = newFloor;
    firstMissing = newFloor + 1;
    count = 0;
    bytes = 0;
  }

  /** Whether there is room, in packets, in bytes and in sequence numbers. */
  boolean fits(BufferedPacket packet) {
    return packet.sequence() - floor <= MAX_PACKETS
        && count < MAX_PACKETS
        && bytes + packet.payload().length <= MAX_BYTES;
  }

  /** Whether a floor this low, with what is stored, is not too far from the last packet. */
  boolean reachesDownTo(long lowerFloor) {
    return highest - lowerFloor <= MAX_PACKETS;
  }

  /** Makes room for packets that came after later ones, when a stream begins. */
  void lowerFloor(long lowerFloor, long nowNs) {
    growTo(highest - lowerFloor);
    gaps.addFirst(new Gap(floor, nowNs));
    floor = lowerFloor;
    firstMissing = lowerFloor + 1;
    skipPresent();
  }

  /** Adds a packet that {@link #fits}, lies above the floor and is not there. */
  void add(StoredPacket stored) {
    long sequence = stored.packet.sequence();
    growTo(sequence - floor);
    slots[index(sequence)] = stored;
    count++;
    bytes += stored.packet.payload().length;
    if (sequence > highest + 1) {
      gaps.addLast(new Gap(sequence - 1, stored.packet.arrivalNs()));
    }
    highest = Math.max(highest, sequence);
    skipPresent();
  }

  @Nullable StoredPacket get(long sequence) {
    return sequence > floor && sequence <= highest ? slots[index(sequence)] : null;
  }

  /** Removes everything up to here. */
  void raiseFloor(long newFloor) {
    for (long sequence = floor + 1; sequence <= Math.min(newFloor, highest); sequence++) {
      StoredPacket stored = slots[index(sequence)];
      if (stored != null) {
        slots[index(sequence)] = null;
        count--;
        bytes -= stored.packet.payload().length;
      }
    }
    floor = newFloor;
    highest = Math.max(highest, newFloor);
    firstMissing = Math.max(firstMissing, newFloor + 1);
    skipPresent();
  }

  long floor() {
    return floor;
  }

  long highest() {
    return highest;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  /** The lowest sequence number that has not come; above the highest when none is missing. */
  long firstMissing() {
    return firstMissing;
  }

  /** Since when {@link #firstMissing} is known to be missing; never when it is not. */
  long missingSinceNs() {
    Gap gap = gaps.peekFirst();
    return firstMissing > highest || gap == null ? Timer.NEVER : gap.noticedNs;
  }

  /** The last of the missing sequence numbers that adjoin the first. */
  long lastOfFirstGap() {
    long last = firstMissing;
    while (last < highest && slots[index(last + 1)] == null) {
      last++;
    }
    return last;
  }

  private void skipPresent() {
    while (firstMissing <= highest && slots[index(firstMissing)] != null) {
      firstMissing++;
    }
    while (true) {
      Gap gap = gaps.peekFirst();
      if (gap == null || gap.last >= firstMissing) {
        return;
      }
      gaps.removeFirst();
    }
  }

  private void growTo(long span) {
    if (span <= slots.length) {
      return;
    }
    int capacity = slots.length;
    while (capacity < span) {
      capacity *= 2;
    }
    @Nullable StoredPacket[] grown = new StoredPacket[capacity];
    for (StoredPacket stored : slots) {
      if (stored != null) {
        grown[(int) (stored.packet.sequence() & capacity - 1)] = stored;
      }
    }
    slots = grown;
  }

  private int index(long sequence) {
    return (int) (sequence & slots.length - 1);
  }
}
