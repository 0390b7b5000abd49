package org.purertc.samples.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.purertc.EncodedFrame;
import org.purertc.EncodedMediaSource;
import org.purertc.MediaStreamTrack;

/**
 * A track whose frames say when they were written, and what comes back of them: Opus of 20 ms, or
 * VP8 of 30 frames a second with true headers and noise behind them.
 */
final class StampedFrames {
  static final long AUDIO_NS = 20_000_000;
  static final long VIDEO_NS = 33_333_333;

  /** Least bytes of a frame: the header of a VP8 key frame and the time. */
  private static final int STAMP_OFFSET = 10;

  private static final int LEAST_BYTES = STAMP_OFFSET + Long.BYTES;

  /** RFC 7845 and RFC 6716 section 3.1: CELT, fullband, 20 ms, mono, one frame. */
  private static final byte OPUS_TOC = (byte) (31 << 3);

  private final boolean audio;
  private final byte[] noise;
  private final EncodedMediaSource source;
  private final AtomicBoolean keyFrameWanted = new AtomicBoolean(true);
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile long fromNs = Long.MAX_VALUE;
  private volatile long untilNs = Long.MAX_VALUE;
  private volatile double[] millis = {};
  private long sent;

  StampedFrames(boolean audio, int sizeBytes) {
    this.audio = audio;
    noise = new byte[Math.max(LEAST_BYTES, sizeBytes)];
    new Random(sizeBytes).nextBytes(noise);
    source = audio ? EncodedMediaSource.audio() : EncodedMediaSource.video();
    source.onKeyFrameRequest(() -> keyFrameWanted.set(true));
  }

  MediaStreamTrack track() {
    return source.track();
  }

  long intervalNs() {
    return audio ? AUDIO_NS : VIDEO_NS;
  }

  /** Frames written between now and {@link #stopCounting} count, at most so many. */
  void startCounting(int most) {
    millis = new double[most];
    fromNs = System.nanoTime();
  }

  void stopCounting() {
    untilNs = System.nanoTime();
  }

  /** Milliseconds there and back of each counted frame that came. */
  double[] millis() {
    return Arrays.copyOf(millis, Math.min(arrived.get(), millis.length));
  }

  int written() {
    return written.get();
  }

  int lost() {
    return written.get() - arrived.get();
  }

  /** Writes the next frame; in one thread. */
  void write() {
    byte[] data = noise.clone();
    long timestampUs = sent++ * intervalNs() / 1_000;
    boolean keyFrame = audio || keyFrameWanted.getAndSet(false);
    if (audio) {
      data[0] = OPUS_TOC;
    } else {
      vp8Header(data, keyFrame);
    }
    long nowNs = System.nanoTime();
    ByteBuffer.wrap(data).putLong(STAMP_OFFSET, nowNs);
    if (counts(nowNs)) {
      written.incrementAndGet();
    }
    source.write(
        audio
            ? EncodedFrame.audio("audio/opus", data, timestampUs, AUDIO_NS / 1_000)
            : EncodedFrame.video("video/VP8", data, timestampUs, keyFrame));
  }

  /** RFC 6386 section 9.1: frame tag, and with a key frame start code, width and height. */
  private static void vp8Header(byte[] data, boolean keyFrame) {
    int shown = 1 << 4;
    int firstPartitionBytes = 1_000;
    int tag = firstPartitionBytes << 5 | shown | (keyFrame ? 0 : 1);
    data[0] = (byte) tag;
    data[1] = (byte) (tag >> 8);
    data[2] = (byte) (tag >> 16);
    if (keyFrame) {
      byte[] startCodeAndSize = {(byte) 0x9d, 0x01, 0x2a, 0x00, 0x05, (byte) 0xd0, 0x02};
      System.arraycopy(startCodeAndSize, 0, data, 3, startCodeAndSize.length);
    }
  }

  void listen(MediaStreamTrack back) {
    back.onFrame(this::read);
  }

  private void read(EncodedFrame frame) {
    long stampNs = ByteBuffer.wrap(frame.data()).getLong(STAMP_OFFSET);
    double[] into = millis;
    if (counts(stampNs)) {
      int at = arrived.getAndIncrement();
      if (at < into.length) {
        into[at] = (System.nanoTime() - stampNs) / 1e6;
      }
    }
  }

  private boolean counts(long stampNs) {
    return fromNs != Long.MAX_VALUE
        && stampNs - fromNs >= 0
        && (untilNs == Long.MAX_VALUE || stampNs - untilNs < 0);
  }
}
