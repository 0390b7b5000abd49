package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.purertc.MediaStreamTrack.TrackIdentity;

/** A track between whoever makes its frames and a handler that takes its time. */
class MediaStreamTrackTest {
  private final Queue<Runnable> callbacks = new ArrayDeque<>();
  private final List<EncodedFrame> handled = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final SampleFrames frames = new SampleFrames(1);
  private int keyFrameRequests;

  private MediaStreamTrack track(MediaKind kind) {
    FrameOrigin origin =
        new FrameOrigin() {

          @Override
          public void requestKeyFrame(String rid) {
            keyFrameRequests++;
          }

          @Override
          public void forwarding(boolean begins) {
            events.add(begins ? "forwarding" : "not forwarding");
          }

          @Override
          public void targetBitrate(FrameSink sender, String rid, long bitsPerSecond) {
            events.add("target");
          }

          @Override
          public void gone(FrameSink sender) {
            events.add("gone");
          }

          @Override
          public void codecNegotiated(RTCRtpCodec codec) {
            events.add("codec");
          }
        };
    TrackIdentity identity = new TrackIdentity(kind, "id", "label");
    return new MediaStreamTrack(identity, true, origin, new Callbacks(callbacks::add));
  }

  private void runCallbacks() {
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }

  @Test
  void aSlowHandlerLosesFramesAndNeverMemory() {
    MediaStreamTrack track = track(MediaKind.AUDIO);
    track.onFrame(handled::add);
    for (int i = 0; i < 10_000; i++) {
      track.deliver(frames.opus());
    }
    assertThat(track.droppedFrames()).isEqualTo(10_000 - FrameInbox.MAX_FRAMES);
    runCallbacks();
    assertThat(handled).hasSize(FrameInbox.MAX_FRAMES);
    track.deliver(frames.opus());
    runCallbacks();
    assertThat(handled).hasSize(FrameInbox.MAX_FRAMES + 1);
  }

  @Test
  void largeFramesAreBoundedByTheirBytes() {
    MediaStreamTrack track = track(MediaKind.VIDEO);
    track.onFrame(handled::add);
    for (int i = 0; i < 100; i++) {
      track.deliver(EncodedFrame.video("video/VP8", new byte[1 << 20], i, true));
    }
    runCallbacks();
    assertThat(handled).hasSize((int) (FrameInbox.MAX_BYTES >> 20));
  }

  @Test
  void afterALossVideoGoesOnWithAKeyFrameThatWasAskedFor() {
    MediaStreamTrack track = track(MediaKind.VIDEO);
    track.onFrame(handled::add);
    int before = keyFrameRequests;
    for (int i = 0; i <= FrameInbox.MAX_FRAMES; i++) {
      track.deliver(frames.vp8(i == 0));
    }
    assertThat(keyFrameRequests).isEqualTo(before + 1);
    runCallbacks();
    track.deliver(frames.vp8(false));
    track.deliver(frames.vp8(true));
    track.deliver(frames.vp8(false));
    runCallbacks();
    assertThat(handled).hasSize(FrameInbox.MAX_FRAMES + 2);
    assertThat(handled.get(FrameInbox.MAX_FRAMES).keyFrame()).isTrue();
    assertThat(track.droppedFrames()).isEqualTo(2);
  }

  @Test
  void framesWaitForAHandlerUntilTheTrackEventHasRun() {
    MediaStreamTrack track = track(MediaKind.AUDIO);
    track.deliver(frames.opus());
    track.onFrame(handled::add); // as inside the track event
    track.announced();
    runCallbacks();
    assertThat(handled).hasSize(1);
    track.onFrame(null);
    track.deliver(frames.opus());
    assertThat(callbacks).isEmpty();
    assertThat(track.droppedFrames()).isZero();
  }

  @Test
  void aHandlerThatThrowsDoesNotStopTheFrames() {
    MediaStreamTrack track = track(MediaKind.AUDIO);
    track.onFrame(
        frame -> {
          handled.add(frame);
          throw new IllegalStateException("of the test");
        });
    track.deliver(frames.opus());
    track.deliver(frames.opus());
    runCallbacks();
    assertThat(handled).hasSize(2);
  }

  @Test
  void aHandlerAndASwitchAskForAKeyFrame() {
    MediaStreamTrack track = track(MediaKind.VIDEO);
    track.onFrame(handled::add);
    assertThat(keyFrameRequests).isEqualTo(1);
    track.enabled(false);
    assertThat(keyFrameRequests).isEqualTo(1);
    track.enabled(true);
    assertThat(keyFrameRequests).isEqualTo(2);
    track.requestKeyFrame();
    assertThat(keyFrameRequests).isEqualTo(3);
    track(MediaKind.AUDIO).requestKeyFrame();
    assertThat(keyFrameRequests).isEqualTo(3);
  }

  @Test
  void videoThatWasSwitchedOffGoesOnWithAKeyFrame() {
    MediaStreamTrack track = track(MediaKind.VIDEO);
    track.onFrame(handled::add);
    track.deliver(frames.vp8(true));
    track.enabled(false);
    track.deliver(frames.vp8(true));
    track.enabled(true);
    track.deliver(frames.vp8(false));
    track.deliver(frames.vp8(true));
    track.deliver(frames.vp8(false));
    runCallbacks();
    assertThat(handled)
        .extracting(EncodedFrame::timestampUs)
        .containsExactlyElementsOf(LongStream.of(20_000, 80_000, 100_000).boxed().toList());
  }

  @Test
  void muteAndEndAreToldOnce() {
    MediaStreamTrack track = track(MediaKind.AUDIO);
    track.onMute(unused -> events.add("mute"));
    track.onUnmute(unused -> events.add("unmute"));
    track.muted(true);
    track.muted(false);
    track.muted(false);
    track.muted(true);
    track.end();
    track.end();
    track.muted(false);
    track.onEnded(unused -> events.add("ended"));
    runCallbacks();
    assertThat(events).containsExactly("unmute", "mute", "ended");
    assertThat(track.muted()).isTrue();
  }
}
