package org.purertc.internal.rtp.jitter;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.rtp.jitter.StoredPacket.Kind;

/**
 * Finds the frames whose packets are all there: from one that begins a frame, without a gap, to the
 * one with the marker, or to the one before the next frame's first when the sender sets no marker.
 */
final class FrameAssembly {
  private static final int MAX_FRAMES = 300;

  private final PacketStore store;

  /** Complete frames that wait, by their first sequence number. */
  private final TreeMap<Long, CompleteFrame> frames = new TreeMap<>();

  private long completed;

  /** Whether the store has the floor with which the stream began, or a lower one. */
  private boolean mayGuess = true;

  /** What stood at the store's floor; null when that is not known. */
  private @Nullable StoredPacket belowFloor;

  FrameAssembly(PacketStore store) {
    this.store = store;
  }

  /** All packets were dropped. */
  void restart() {
    mayGuess = false;
    belowFloor = null;
    frames.clear();
  }

  /** How many frames were complete so far. */
  long completed() {
    return completed;
  }

  boolean isFull() {
    return frames.size() >= MAX_FRAMES;
  }

  @Nullable CompleteFrame first() {
    Map.Entry<Long, CompleteFrame> entry = frames.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  /** In the order of their sequence numbers. */
  Collection<CompleteFrame> waiting() {
    return frames.values();
  }

  Collection<CompleteFrame> waitingBefore(CompleteFrame frame) {
    return frames.headMap(frame.firstSequence()).values();
  }

  /**
   * The store has a new floor.
   *
   * @param last what stood there; null when it never came
   */
  void raised(@Nullable StoredPacket last, long nowNs) {
    mayGuess = false;
    belowFloor = last;
    frames.headMap(store.floor(), true).clear();
    spreadFrom(store.floor() + 1, nowNs);
  }

  /** The store's floor went over padding. */
  void passedPadding(long nowNs) {
    spreadFrom(store.floor() + 1, nowNs);
  }

  /** A packet has been added to the store. */
  void added(long sequence, long nowNs) {
    spreadFrom(sequence, nowNs);
  }

  /** What a packet is depends on the one before it, so a new one may settle those behind it. */
  private void spreadFrom(long first, long nowNs) {
    long sequence = first;
    StoredPacket stored = store.get(sequence);
    while (stored != null && (settle(stored, before(sequence), nowNs) || sequence == first)) {
      stored = store.get(++sequence);
    }
  }

  private @Nullable StoredPacket before(long sequence) {
    return sequence - 1 == store.floor() ? belowFloor : store.get(sequence - 1);
  }

  /** Whether anything was learnt that the next packet depends on. */
  private boolean settle(StoredPacket stored, @Nullable StoredPacket before, long nowNs) {
    if (stored.kind == Kind.PADDING) {
      boolean wasKnown = stored.isKnown();
      if (before != null) {
        stored.follow(before);
      }
      return stored.isKnown() && (!wasKnown || stored.isContinuous);
    }
    if (stored.kind == Kind.BROKEN) {
      return false;
    }
    boolean start = isStart(stored, before);
    boolean continuous =
        start || before != null && before.isContinuous && !before.endsBefore(stored);
    boolean changed = start != stored.isStart || continuous != stored.isContinuous;
    stored.isStart = start;
    stored.isContinuous = continuous;
    endBefore(stored, before, nowNs);
    if (changed && continuous && stored.packet.marker()) {
      complete(stored, nowNs);
    }
    return changed;
  }

  /** RTP's marker was not set, but the next frame begins. */
  private void endBefore(StoredPacket stored, @Nullable StoredPacket before, long nowNs) {
    if (before != null
        && stored.isStart
        && before.isContinuous
        && before.media().packet.sequence() > store.floor()
        && !before.media().packet.marker()) {
      complete(before.media(), nowNs);
    }
  }

  private boolean isStart(StoredPacket stored, @Nullable StoredPacket before) {
    Start start = stored.descriptor.start();
    if (start != Start.UNKNOWN) {
      return start == Start.YES;
    }
    if (before != null && before.isKnown()) {
      return before.endsBefore(stored);
    }
    return isGuessedStart(stored, before);
  }

  /**
   * At the beginning of a stream nothing has come before it, and most likely nothing was sent. To
   * take it for the frame's first packet is worth trying with key frames.
   */
  private boolean isGuessedStart(StoredPacket stored, @Nullable StoredPacket before) {
    return mayGuess
        && before == null
        && stored.packet.sequence() - 1 == store.floor()
        && stored.descriptor.start() == Start.UNKNOWN;
  }

  private void complete(StoredPacket last, long nowNs) {
    long sequence = last.packet.sequence();
    StoredPacket first = last;
    boolean keyFrame = false;
    int packets = 0;
    long firstArrivalNs = Long.MAX_VALUE;
    StoredPacket stored = last;
    while (stored != null) {
      if (stored.kind == Kind.MEDIA) {
        first = stored;
        keyFrame |= stored.descriptor.keyFrame();
        packets++;
        firstArrivalNs = Math.min(firstArrivalNs, stored.packet.arrivalNs());
      }
      stored = stored.isStart ? null : store.get(--sequence);
    }
    CompleteFrame frame =
        new CompleteFrame(
            first.packet.sequence(),
            last.packet.sequence(),
            first.packet.timestamp(),
            keyFrame,
            !isGuessedStart(first, before(first.packet.sequence())),
            first.descriptor,
            first.packet.payloadType(),
            packets,
            firstArrivalNs,
            nowNs);
    if (frames.putIfAbsent(frame.firstSequence(), frame) == null) {
      completed++;
    }
  }
}
