package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.purertc.ice.sim.SimNetwork;

/** Two peers in virtual time whose tracks are heard of, and programs that write frames. */
final class MediaCall {
  private static final long MS = 1_000_000;

  final PeerPair pair;
  final RTCPeerConnection a;
  final RTCPeerConnection b;
  final List<RTCTrackEvent> tracksOfA = new ArrayList<>();
  final List<RTCTrackEvent> tracksOfB = new ArrayList<>();
  final List<EncodedFrame> receivedByB = new ArrayList<>();
  private boolean writing = true;

  MediaCall(SimNetwork network) {
    pair = new PeerPair(network);
    a = new RTCPeerConnection(pair.a);
    b = new RTCPeerConnection(pair.b);
    a.onTrack(tracksOfA::add);
    b.onTrack(
        event -> {
          tracksOfB.add(event);
          event.track().onFrame(receivedByB::add);
        });
  }

  /** a offers, and both sides have time to connect. */
  MediaCall negotiated() {
    pair.negotiate();
    pair.runMs(1_000);
    return this;
  }

  /** b offers. */
  void negotiatedByB() {
    RTCSessionDescription offer = result(b.setLocalDescription());
    result(a.setRemoteDescription(offer));
    result(b.setRemoteDescription(result(a.setLocalDescription())));
    pair.runMs(500);
  }

  /** The result of an operation, which takes no time. */
  <T> T result(CompletableFuture<T> operation) {
    pair.runMs(0);
    return operation.join();
  }

  /** Writes a frame every 20 ms; video begins with a key frame, and has others when asked. */
  List<EncodedFrame> write(EncodedMediaSource source) {
    SampleFrames frames = new SampleFrames(pair.network.seed());
    List<EncodedFrame> written = new ArrayList<>();
    boolean[] key = {true};
    source.onKeyFrameRequest(() -> key[0] = true);
    tick(
        () -> {
          boolean audio = source.track().kind() == MediaKind.AUDIO;
          EncodedFrame frame = audio ? frames.opus() : frames.vp8(key[0]);
          key[0] = false;
          written.add(frame);
          source.write(frame);
        });
    return written;
  }

  private void tick(Runnable task) {
    if (writing) {
      task.run();
      pair.loop.at(pair.loop.nowNs() + SampleFrames.FRAME_MS * MS, () -> tick(task));
    }
  }

  /** No more frames; those that are on their way arrive. */
  void stopWriting() {
    writing = false;
    pair.runMs(500);
  }

  /** Closes both; nothing may be left. */
  void end() {
    stopWriting();
    pair.assertNothingLeft();
  }
}
