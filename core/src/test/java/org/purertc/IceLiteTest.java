package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A factory with ICE-lite against one without, on loopback; and other times of ICE. */
class IceLiteTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLitePeerConnectsAsOffererAndAsAnswerer(boolean liteOffers) throws Exception {
    try (var full = PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
        var lite = PeerConnectionFactory.builder().loops(1).loopbackOnly().iceLite().build();
        var offerer = (liteOffers ? lite : full).createPeerConnection(RTCConfiguration.DEFAULT);
        var answerer = (liteOffers ? full : lite).createPeerConnection(RTCConfiguration.DEFAULT)) {
      RTCDataChannel channel = offerer.createDataChannel("lite");
      offerer.setLocalDescription().get(10, TimeUnit.SECONDS);
      RTCSessionDescription offer = offerer.gatheringComplete().get(10, TimeUnit.SECONDS);
      answerer.setRemoteDescription(offer).get(10, TimeUnit.SECONDS);
      answerer.setLocalDescription().get(10, TimeUnit.SECONDS);
      RTCSessionDescription answer = answerer.gatheringComplete().get(10, TimeUnit.SECONDS);
      offerer.setRemoteDescription(answer).get(10, TimeUnit.SECONDS);
      channel.opened().get(10, TimeUnit.SECONDS);
      assertThat(offer.sdp().contains("a=ice-lite")).isEqualTo(liteOffers);
      assertThat(answer.sdp().contains("a=ice-lite")).isNotEqualTo(liteOffers);
      RTCPeerConnection litePeer = liteOffers ? offerer : answerer;
      RTCSctpTransport sctp = litePeer.sctp();
      assertThat(sctp).isNotNull();
      assertThat(sctp.transport().iceTransport().role()).isEqualTo(RTCIceRole.CONTROLLED);
    }
  }

  @Test
  void twoLitePeersFailAtOnce() throws Exception {
    try (var factory = PeerConnectionFactory.builder().loops(1).loopbackOnly().iceLite().build();
        var offerer = factory.createPeerConnection(RTCConfiguration.DEFAULT);
        var answerer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      var failed = new CompletableFuture<Void>();
      offerer.onIceConnectionStateChange(
          state -> {
            if (state == RTCIceConnectionState.FAILED) {
              failed.complete(null);
            }
          });
      offerer.createDataChannel("lite");
      offerer.setLocalDescription().get(10, TimeUnit.SECONDS);
      answerer
          .setRemoteDescription(offerer.gatheringComplete().get(10, TimeUnit.SECONDS))
          .get(10, TimeUnit.SECONDS);
      answerer.setLocalDescription().get(10, TimeUnit.SECONDS);
      offerer
          .setRemoteDescription(answerer.gatheringComplete().get(10, TimeUnit.SECONDS))
          .get(10, TimeUnit.SECONDS);
      failed.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void renominationIsOfferedWhenAskedFor() throws Exception {
    try (var factory =
            PeerConnectionFactory.builder().loops(1).loopbackOnly().iceRenomination().build();
        var peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      peer.createDataChannel("any");
      peer.setLocalDescription().get(10, TimeUnit.SECONDS);
      String sdp = peer.gatheringComplete().get(10, TimeUnit.SECONDS).sdp();
      assertThat(sdp).contains("a=ice-options:trickle ice2 renomination\r\n");
    }
  }

  @Test
  void refusesTimesThatTheStandardsForbid() {
    IceTiming usual = IceTiming.DEFAULT;
    assertThatThrownBy(() -> usual.withPatience(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patience");
    assertThatThrownBy(() -> usual.withLimits(Duration.ofSeconds(5), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("failedAfter");
  }
}
