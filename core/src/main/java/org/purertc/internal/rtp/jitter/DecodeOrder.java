package org.purertc.internal.rtp.jitter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.jitter.StoredPacket.Kind;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

/** Releases complete frames in their order, as soon as what they need and their time has come. */
final class DecodeOrder {
  private final PacketStore store;
  private final FrameAssembly assembly;
  private final RenderTimes renderTimes;
  private final VideoBufferLimits limits;
  private final IntFunction<@Nullable Depacketizer> depacketizers;
  private final VideoFrameListener listener;
  private final FrameReferences references = new FrameReferences();
  private final KeyFrameRequests keyFrame;
  private final Freezes freezes = new Freezes();
  private final Timer waiting = new Timer();
  private long targetDelayNs;
  private long missingWaitNs;
  private boolean hasBegun;
  private long released;
  private long keyFramesReleased;
  private long dropped;
  private long delayNs;
  private long targetDelaySumNs;
  private long currentDelayNs;
  private long assembled;
  private long assemblyNs;

  DecodeOrder(
      PacketStore store,
      FrameAssembly assembly,
      RenderTimes renderTimes,
      VideoBufferLimits limits,
      IntFunction<@Nullable Depacketizer> depacketizers,
      VideoFrameListener listener) {
    this.store = store;
    this.assembly = assembly;
    this.renderTimes = renderTimes;
    this.limits = limits;
    this.depacketizers = depacketizers;
    this.listener = listener;
    missingWaitNs = limits.missingWaitNs(true, 0);
    keyFrame = new KeyFrameRequests(limits.keyFrameRequestIntervalNs(), listener);
  }

  /** Everything that waited is gone. */
  void restart(long nowNs) {
    references.restart();
    renderTimes.restart();
    waiting.stop();
    hasBegun = false;
    keyFrame.need(nowNs);
  }

  /** Whether anything was released, dropped or given up, so that older packets come too late. */
  boolean hasBegun() {
    return hasBegun;
  }

  void setTargetDelayNs(long targetDelayNs) {
    if (targetDelayNs < 0) {
      throw new IllegalArgumentException("target delay " + targetDelayNs);
    }
    this.targetDelayNs = targetDelayNs;
  }

  void setRetransmissions(boolean areAskedFor, long roundTripNs) {
    missingWaitNs = limits.missingWaitNs(areAskedFor, roundTripNs);
  }

  /** By how much later than the quickest the last frame was released. */
  long currentDelayNs() {
    return currentDelayNs;
  }

  boolean isKeyFrameNeeded() {
    return keyFrame.isNeeded();
  }

  long nextDeadlineNs() {
    return Math.min(waiting.deadlineNs(), keyFrame.nextDeadlineNs());
  }

  void onDeadline(long nowNs) {
    keyFrame.onDeadline(nowNs);
    if (waiting.expire(nowNs)) {
      advance(nowNs);
    }
  }

  /** Releases and drops what can be. */
  void advance(long nowNs) {
    waiting.stop();
    if (hasBegun) {
      passPadding(nowNs);
    }
    boolean goesOn = true;
    while (goesOn) {
      CompleteFrame frame = assembly.first();
      if (frame != null && frame.lastSequence() < store.firstMissing()) {
        goesOn = advanceTo(frame, nowNs);
      } else if (store.firstMissing() <= store.highest()) {
        goesOn = advanceOverGap(nowNs);
      } else {
        goesOn = false;
      }
    }
  }

  /** Nothing before this frame can still come. */
  private boolean advanceTo(CompleteFrame frame, long nowNs) {
    boolean isNext = frame.firstSequence() == store.floor() + 1;
    if (!isNext) {
      references.lost();
    }
    if (references.areComplete(frame, isNext)) {
      return release(frame, nowNs);
    }
    drop(frame, nowNs);
    return true;
  }

  /** Before the first whole frame, if there is one, a packet is missing. */
  private boolean advanceOverGap(long nowNs) {
    long sinceNs = store.missingSinceNs();
    CompleteFrame independent = firstIndependent();
    if (independent != null) {
      long skipNs = keyFrame.isNeeded() ? nowNs : sinceNs + limits.skipWaitNs();
      if (nowNs >= skipNs) {
        return release(independent, nowNs);
      }
      wakeAt(skipNs);
    }
    if (nowNs - sinceNs >= missingWaitNs) {
      giveUp(nowNs);
      return true;
    }
    wakeAt(sinceNs + missingWaitNs);
    return false;
  }

  /** The first frame that can be decoded whatever is missing. */
  private @Nullable CompleteFrame firstIndependent() {
    for (CompleteFrame frame : assembly.waiting()) {
      if (references.areComplete(frame, false)) {
        return frame;
      }
    }
    return null;
  }

  private boolean release(CompleteFrame frame, long nowNs) {
    renderTimes.onFrame(frame.timestamp(), frame.completeNs());
    if (targetDelayNs > 0) {
      long renderNs = renderTimes.renderNs(frame.timestamp(), targetDelayNs);
      if (nowNs < renderNs) {
        wakeAt(renderNs);
        return false;
      }
    }
    byte[] data;
    try {
      data = join(frame);
    } catch (MalformedPacketException e) {
      drop(frame, nowNs);
      return true;
    }
    if (frame.firstSequence() > store.firstMissing()) {
      references.lost();
    }
    dropBefore(frame);
    raiseFloor(frame.lastSequence(), nowNs);
    references.released(frame);
    if (!frame.isOfHigherTemporalLayer()) {
      keyFrame.met();
    }
    released++;
    keyFramesReleased += frame.keyFrame() ? 1 : 0;
    if (frame.packets() > 1) {
      assembled++;
      assemblyNs += frame.completeNs() - frame.firstArrivalNs();
    }
    delayNs += nowNs - frame.firstArrivalNs();
    targetDelaySumNs += targetDelayNs;
    currentDelayNs = nowNs - renderTimes.renderNs(frame.timestamp(), 0);
    freezes.onFrame(nowNs);
    listener.onFrame(frame.assembled(data), nowNs);
    return true;
  }

  private byte[] join(CompleteFrame frame) throws MalformedPacketException {
    List<byte[]> payloads = new ArrayList<>(frame.packets());
    for (long sequence = frame.firstSequence(); sequence <= frame.lastSequence(); sequence++) {
      StoredPacket stored = store.get(sequence);
      if (stored != null && stored.kind == Kind.MEDIA) {
        payloads.add(stored.packet.payload());
      }
    }
    Depacketizer depacketizer = depacketizers.apply(frame.payloadType());
    if (depacketizer == null) {
      throw new MalformedPacketException("payload type " + frame.payloadType());
    }
    return depacketizer.join(payloads);
  }

  private void drop(CompleteFrame frame, long nowNs) {
    dropped++;
    dropBefore(frame);
    references.lost(frame);
    raiseFloor(frame.lastSequence(), nowNs);
    if (!references.hasBegun() || !frame.isOfHigherTemporalLayer()) {
      keyFrame.need(nowNs);
    }
  }

  private void dropBefore(CompleteFrame frame) {
    for (CompleteFrame before : assembly.waitingBefore(frame)) {
      dropped++;
      references.lost(before);
    }
  }

  /** It did not come in time, and no retransmission did. */
  private void giveUp(long nowNs) {
    references.lost();
    raiseFloor(store.lastOfFirstGap(), nowNs);
    keyFrame.need(nowNs);
  }

  private void raiseFloor(long floor, long nowNs) {
    hasBegun = true;
    StoredPacket last = store.get(floor);
    store.raiseFloor(floor);
    assembly.raised(last, nowNs);
    passPadding(nowNs);
  }

  private void passPadding(long nowNs) {
    StoredPacket next = store.get(store.floor() + 1);
    while (next != null && next.kind == Kind.PADDING) {
      store.raiseFloor(store.floor() + 1);
      assembly.passedPadding(nowNs);
      next = store.get(store.floor() + 1);
    }
  }

  private void wakeAt(long deadlineNs) {
    if (deadlineNs < waiting.deadlineNs()) {
      waiting.start(deadlineNs, 0);
    }
  }

  VideoBufferCounters counters(long packetsDiscarded, long flushes) {
    return new VideoBufferCounters(
        assembly.completed(),
        released,
        keyFramesReleased,
        dropped,
        packetsDiscarded,
        keyFrame.count(),
        flushes,
        delayNs,
        targetDelaySumNs,
        freezes.count(),
        freezes.totalNs(),
        assembled,
        assemblyNs);
  }
}
