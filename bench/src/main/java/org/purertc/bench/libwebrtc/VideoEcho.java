package org.purertc.bench.libwebrtc;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A camera whose pictures are those that the other side sends, decoded. */
final class VideoEcho {
  private final CustomVideoSource source = new CustomVideoSource();
  private final AtomicInteger frames = new AtomicInteger();
  private final IntConsumer counted;

  /**
   * Makes one without pictures.
   *
   * @param counted hears how many have come, after each
   */
  VideoEcho(IntConsumer counted) {
    this.counted = counted;
  }

  CustomVideoSource source() {
    return source;
  }

  /** Shows this remote track. */
  void show(VideoTrack track) {
    track.addSink(this::onFrame);
  }

  private void onFrame(VideoFrame frame) {
    source.pushFrame(frame);
    counted.accept(frames.incrementAndGet());
  }
}
