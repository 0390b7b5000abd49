package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.Peers.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Another DTLS association, RFC 8842, over real sockets, with real handshakes and real keys. */
class NewAssociationLoopbackTest {
  private final AtomicInteger frames = new AtomicInteger();
  private final SampleFrames samples = new SampleFrames(1);
  private final List<RTCPeerConnectionState> states =
      Collections.synchronizedList(new ArrayList<>());

  @Test
  void noPacketIsLostAndNewChannelsOpen() {
    try (PeerConnectionFactory factory =
            PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
        Peers peers = new Peers(factory, RTCConfiguration.DEFAULT);
        EncodedMediaSource source = EncodedMediaSource.audio()) {
      peers.a.onConnectionStateChange(states::add);
      peers.b.onTrack(event -> event.track().onFrame(frame -> frames.incrementAndGet()));
      RTCRtpSender unused = peers.a.addTrack(source.track());
      RTCDataChannel first = peers.a.createDataChannel("first");
      negotiate(peers.a, peers.b, 0);
      await(first.opened());
      hear(source, 25);
      negotiate(peers.b, peers.a, 1);
      RTCDataChannel second = peers.a.createDataChannel("second");
      hear(source, 50);
      await(first.closed());
      await(second.opened());
      negotiate(peers.a, peers.b, 2);
      RTCDataChannel third = peers.b.createDataChannel("third");
      hear(source, 50);
      await(second.closed());
      await(third.opened());
      long sent = count(peers.a, "outbound-rtp", "packetsSent");
      for (int i = 0; i < 500 && count(peers.b, "inbound-rtp", "packetsReceived") < sent; i++) {
        LockSupport.parkNanos(10_000_000); // the last ones are on their way
      }
      assertThat(count(peers.b, "inbound-rtp", "packetsReceived")).isEqualTo(sent);
      assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
      assertThat(states)
          .doesNotContain(RTCPeerConnectionState.FAILED, RTCPeerConnectionState.DISCONNECTED)
          .filteredOn(RTCPeerConnectionState.CONNECTED::equals)
          .hasSize(3);
    }
  }

  private static long count(RTCPeerConnection peer, String type, String member) {
    return await(peer.getStats()).ofType(type).get(0).longValue(member);
  }

  /** Writes a frame every 20 ms until that many more have come. */
  private void hear(EncodedMediaSource source, int more) {
    int enough = frames.get() + more;
    for (int i = 0; i < 500 && frames.get() < enough; i++) {
      source.write(samples.opus());
      LockSupport.parkNanos(SampleFrames.FRAME_MS * 1_000_000L);
    }
    assertThat(frames.get()).isGreaterThanOrEqualTo(enough);
  }

  /** Signalling that gives both descriptions the tls-id of that number. */
  private static void negotiate(RTCPeerConnection from, RTCPeerConnection to, int tlsId) {
    await(to.setRemoteDescription(with(tlsId, described(from))));
    await(from.setRemoteDescription(with(tlsId, described(to))));
  }

  private static RTCSessionDescription described(RTCPeerConnection peer) {
    RTCSessionDescription unused = await(peer.setLocalDescription());
    return await(peer.gatheringComplete());
  }

  private static RTCSessionDescription with(int tlsId, RTCSessionDescription description) {
    String line = "a=tls-id:abc3de65cddef001be8" + tlsId + "\r\n";
    return new RTCSessionDescription(
        description.type(), description.sdp().replaceFirst("m=", line + "m="));
  }
}
