package org.purertc.interop.media;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.purertc.EncodedMediaSource;

/** A camera or microphone that plays encoded frames in real time, over and over. */
public final class Player implements AutoCloseable {
  private final EncodedFrames frames;
  private final EncodedMediaSource source;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicBoolean keyFrameWanted = new AtomicBoolean();
  private final AtomicInteger keyFrameRequests = new AtomicInteger();
  private int index;
  private long played;

  public Player(EncodedFrames frames) {
    this.frames = frames;
    boolean audio = frames.mimeType().startsWith("audio/");
    source = audio ? EncodedMediaSource.audio() : EncodedMediaSource.video();
    source.onKeyFrameRequest(this::skipToKeyFrame);
    timer.scheduleAtFixedRate(this::play, 0, frames.frameUs(), TimeUnit.MICROSECONDS);
  }

  public EncodedMediaSource source() {
    return source;
  }

  /** How often a receiver could not go on without one. */
  int keyFrameRequests() {
    return keyFrameRequests.get();
  }

  private void skipToKeyFrame() {
    keyFrameRequests.incrementAndGet();
    keyFrameWanted.set(true);
  }

  private void play() {
    if (keyFrameWanted.getAndSet(false)) {
      index = frames.keyFrameFrom(index);
    }
    source.write(frames.frame(index, played++));
    index = (index + 1) % frames.frames().size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("still playing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
