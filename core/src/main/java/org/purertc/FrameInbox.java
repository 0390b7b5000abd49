package org.purertc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one track on their way to its handler. They are real-time: a handler that is too slow
 * loses frames, never the heap. After a loss of video the handler gets nothing that it could not
 * decode.
 */
final class FrameInbox {
  /** Ten seconds of Opus, and of the fastest usual video eight. */
  static final int MAX_FRAMES = 500;

  static final long MAX_BYTES = 8 << 20;

  private final Callbacks callbacks;
  private final Runnable onLoss;
  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable Consumer<? super EncodedFrame> handler;
  private volatile @Nullable Consumer<? super FrameGap> gapHandler;
  private volatile boolean announced;
  private boolean waitsForKeyFrame; // touched by the thread that adds only

  /**
   * @param onLoss called when video frames were dropped: a key frame is needed
   */
  FrameInbox(Callbacks callbacks, Runnable onLoss) {
    this.callbacks = callbacks;
    this.onLoss = onLoss;
  }

  void setHandler(@Nullable Consumer<? super EncodedFrame> handler) {
    this.handler = handler;
  }

  void setGapHandler(@Nullable Consumer<? super FrameGap> handler) {
    gapHandler = handler;
  }

  /** The user has seen the track: without a handler nothing needs to be kept any more. */
  void announced() {
    announced = true;
  }

  /** One thread at a time. */
  void add(EncodedFrame frame) {
    if (handler == null && announced) {
      return;
    }
    boolean full = frames.get() >= MAX_FRAMES || bytes.get() >= MAX_BYTES;
    if (full || (waitsForKeyFrame && !frame.keyFrame())) {
      dropped.incrementAndGet();
      if (!waitsForKeyFrame && frame.kind() == MediaKind.VIDEO) {
        waitsForKeyFrame = true;
        onLoss.run();
      }
      return;
    }
    waitsForKeyFrame = false;
    deliverLater(frame.data().length, () -> handler, frame);
  }

  /** As {@link #add(EncodedFrame)}; the data of the frame behind it is counted with that frame. */
  void add(FrameGap gap) {
    if ((gapHandler != null || !announced) && frames.get() < MAX_FRAMES) {
      deliverLater(0, () -> gapHandler, gap);
    }
  }

  private <T> void deliverLater(
      int size, Supplier<@Nullable Consumer<? super T>> handlerThen, T event) {
    frames.incrementAndGet();
    bytes.addAndGet(size);
    callbacks.execute(() -> deliver(size, handlerThen.get(), event));
  }

  /** Frames that came faster than the handler took them. */
  long dropped() {
    return dropped.get();
  }

  private <T> void deliver(int size, @Nullable Consumer<? super T> current, T event) {
    try {
      if (current != null && !callbacks.isSilent()) {
        current.accept(event);
      }
    } finally {
      frames.decrementAndGet();
      bytes.addAndGet(-size);
    }
  }
}
