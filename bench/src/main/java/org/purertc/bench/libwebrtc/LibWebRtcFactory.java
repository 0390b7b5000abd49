package org.purertc.bench.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Loads libwebrtc once for this process; without sound devices. */
final class LibWebRtcFactory {
  private final PeerConnectionFactory factory =
      new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
  private final Executor calls =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "calls into libwebrtc");
            thread.setDaemon(true);
            return thread;
          });

  RTCPeerConnection create(RTCConfiguration configuration, PeerConnectionObserver observer) {
    return factory.createPeerConnection(configuration, observer);
  }

  VideoTrack createVideoTrack(VideoTrackSource source) {
    return factory.createVideoTrack("video", source);
  }

  Executor calls() {
    return calls;
  }
}
