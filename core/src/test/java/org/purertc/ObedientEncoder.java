package org.purertc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A program that encodes video: every 20 ms a frame, as large as allowed. */
final class ObedientEncoder {
  private static final int FRAMES_PER_SECOND = 1_000 / SampleFrames.FRAME_MS;
  private static final byte[] START = {(byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00};

  final List<EncodedFrame> written = new ArrayList<>();
  int keyFrameRequests;
  long target = -1;

  private final EncodedMediaSource source;
  private final Random random;
  private long timestampUs;
  private boolean keyFrameWanted = true;

  ObedientEncoder(MediaCall call, EncodedMediaSource source, String name) {
    this.source = source;
    random = new Random(call.pair.network.seed() * 31 + name.hashCode());
    source.onTargetBitrate(bitsPerSecond -> target = bitsPerSecond);
    source.onKeyFrameRequest(
        () -> {
          keyFrameRequests++;
          keyFrameWanted = true;
        });
    tick(call);
  }

  private void tick(MediaCall call) {
    write();
    call.pair.loop.at(
        call.pair.loop.nowNs() + SampleFrames.FRAME_MS * 1_000_000L, () -> tick(call));
  }

  private void write() {
    timestampUs += SampleFrames.FRAME_MS * 1_000L;
    if (target == 0) {
      return;
    }
    long bytes = Math.max(60, Math.min(target, 2_500_000) / 8 / FRAMES_PER_SECOND);
    byte[] data = new byte[(int) bytes];
    random.nextBytes(data);
    data[0] = (byte) (keyFrameWanted ? 0x10 : 0x11); // RFC 6386 section 9.1
    if (keyFrameWanted) {
      System.arraycopy(START, 0, data, 3, START.length);
    }
    EncodedFrame frame = EncodedFrame.video("video/VP8", data, timestampUs, keyFrameWanted);
    keyFrameWanted = false;
    written.add(frame);
    source.write(frame);
  }

  boolean wrote(EncodedFrame frame) {
    return written.stream().anyMatch(each -> Arrays.equals(each.data(), frame.data()));
  }

  /** How many of these frames it wrote since. */
  long wroteOf(List<EncodedFrame> received) {
    return received.stream().filter(this::wrote).count();
  }
}
