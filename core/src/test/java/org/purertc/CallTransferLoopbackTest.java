package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.Peers.await;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Behind the same signalling another peer takes the call: new ICE, new DTLS, new SCTP, one call.
 */
class CallTransferLoopbackTest {
  private final SampleFrames samples = new SampleFrames(1);
  private final AtomicInteger heardByFirst = new AtomicInteger();
  private final AtomicInteger heardBySecond = new AtomicInteger();

  @Test
  void theCallGoesOnWithThePeerThatTookIt() {
    try (PeerConnectionFactory factory =
            PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
        RTCPeerConnection caller = factory.createPeerConnection(RTCConfiguration.DEFAULT);
        EncodedMediaSource source = EncodedMediaSource.audio();
        RTCPeerConnection second = another()) {
      RTCRtpSender unused = caller.addTrack(source.track());
      RTCDataChannel toFirst = caller.createDataChannel("to the first");
      try (RTCPeerConnection first = another()) {
        first.onTrack(event -> event.track().onFrame(frame -> heardByFirst.incrementAndGet()));
        negotiate(caller, first);
        await(toFirst.opened());
        hear(source, heardByFirst);
        take(second);
        negotiate(second, caller);
        await(toFirst.closed());
        RTCDataChannel toSecond = caller.createDataChannel("to the second");
        await(toSecond.opened());
        hear(source, heardBySecond);
      }
      hear(source, heardBySecond);
      assertThat(caller.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    }
  }

  /** Of another factory, as on another machine: with another certificate. */
  private static RTCPeerConnection another() {
    return PeerConnectionFactory.builder()
        .loopbackOnly()
        .build()
        .createPeerConnection(RTCConfiguration.DEFAULT);
  }

  /** It offers what the call has: audio, then data channels. */
  private void take(RTCPeerConnection peer) {
    peer.onTrack(event -> event.track().onFrame(frame -> heardBySecond.incrementAndGet()));
    RTCRtpTransceiver audio = peer.addTransceiver(MediaKind.AUDIO);
    audio.direction(RTCRtpTransceiverDirection.RECVONLY);
    RTCDataChannel ignored = peer.createDataChannel("of the second");
    assertThat(ignored.readyState()).isEqualTo(RTCDataChannelState.CONNECTING);
  }

  private static void negotiate(RTCPeerConnection from, RTCPeerConnection to) {
    await(to.setRemoteDescription(described(from)));
    await(from.setRemoteDescription(described(to)));
  }

  private static RTCSessionDescription described(RTCPeerConnection peer) {
    RTCSessionDescription bare = await(peer.setLocalDescription());
    assertThat(bare.sdp()).contains("m=audio");
    return await(peer.gatheringComplete());
  }

  /** Writes a frame every 20 ms until 25 more have come. */
  private void hear(EncodedMediaSource source, AtomicInteger frames) {
    int enough = frames.get() + 25;
    for (int i = 0; i < 500 && frames.get() < enough; i++) {
      source.write(samples.opus());
      LockSupport.parkNanos(SampleFrames.FRAME_MS * 1_000_000L);
    }
    assertThat(frames.get()).isGreaterThanOrEqualTo(enough);
  }
}
