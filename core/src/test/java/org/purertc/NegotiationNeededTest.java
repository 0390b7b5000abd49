package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** When negotiationneeded fires, W3C WebRTC section 4.7.3. */
class NegotiationNeededTest {
  private static final RTCSessionDescription ROLLBACK =
      new RTCSessionDescription(RTCSdpType.ROLLBACK, "");

  private final PeerPair pair = new PeerPair(SimNetwork.with(1).delayMs(5));
  private final RTCPeerConnection a = new RTCPeerConnection(pair.a);
  private final RTCPeerConnection b = new RTCPeerConnection(pair.b);
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void listen() {
    a.onNegotiationNeeded(() -> events.add("needed"));
    a.onSignalingStateChange(state -> events.add(state.toString()));
  }

  @AfterEach
  void nothingIsLeft() {
    pair.assertNothingLeft();
  }

  @Test
  void firesOnceForSeveralChannels() {
    a.createDataChannel("one");
    a.createDataChannel("two");
    pair.runMs(1);
    a.createDataChannel("three");
    pair.runMs(1);
    assertThat(events).containsExactly("needed");
  }

  @Test
  void doesNotFireWhenTheOfferIsAlreadyAskedFor() {
    a.createDataChannel("one");
    done(a.setLocalDescription());
    pair.runMs(1);
    assertThat(events).containsExactly("have-local-offer");
  }

  @Test
  void followsTheResultOfTheOperationThatItWaitedFor() {
    a.createDataChannel("one");
    done(a.createOffer().thenRun(() -> events.add("created")));
    pair.runMs(1);
    assertThat(events).containsExactly("created", "needed");
  }

  @Test
  void waitsForAnOperationThatWasAskedForBeforeItsHandlerRan() {
    RTCSessionDescription emptyOffer = result(b.createOffer());
    a.createDataChannel("one");
    done(a.createOffer().thenRun(() -> answer(emptyOffer)));
    pair.runMs(1);
    assertThat(events).containsExactly("have-remote-offer", "stable", "answered", "needed");
  }

  private void answer(RTCSessionDescription offer) {
    done(a.setRemoteDescription(offer));
    done(a.setLocalDescription().thenRun(() -> events.add("answered")));
  }

  @Test
  void firesAgainAfterAnAnswerThatLeftTheNeed() {
    RTCSessionDescription emptyOffer = result(b.createOffer());
    a.createDataChannel("one");
    pair.runMs(1);
    answer(emptyOffer);
    pair.runMs(1);
    assertThat(events)
        .containsExactly("needed", "have-remote-offer", "stable", "answered", "needed");
  }

  @Test
  void firesAgainAfterARollback() {
    a.createDataChannel("one");
    pair.runMs(1);
    done(a.setLocalDescription());
    done(a.setLocalDescription(ROLLBACK));
    pair.runMs(1);
    assertThat(events).containsExactly("needed", "have-local-offer", "stable", "needed");
  }

  @Test
  void doesNotFireOnceTheDataSectionIsNegotiated() {
    a.createDataChannel("one");
    pair.negotiate();
    pair.runMs(500);
    events.clear();
    b.onNegotiationNeeded(() -> events.add("needed by b"));
    a.createDataChannel("two");
    b.createDataChannel("three");
    pair.runMs(1);
    assertThat(events).isEmpty();
  }

  @Test
  void anOfferRollsTheLocalOfferBackThroughTheStableState() {
    b.createDataChannel("theirs");
    RTCSessionDescription offer = result(b.setLocalDescription());
    a.createDataChannel("ours");
    done(a.setLocalDescription());
    answer(offer);
    pair.runMs(1);
    assertThat(events)
        .containsExactly("have-local-offer", "stable", "have-remote-offer", "stable", "answered");
  }

  @Test
  void anOfferThatCannotBeAppliedDoesNotUndoTheRollback() {
    b.createDataChannel("theirs");
    String sdp = result(b.createOffer()).sdp().replaceAll("a=ice-ufrag:.*\r\n", "");
    a.createDataChannel("ours");
    done(a.setLocalDescription());
    CompletableFuture<Void> applied =
        a.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, sdp));
    pair.runMs(1);
    assertThat(applied).isCompletedExceptionally();
    assertThat(events).containsExactly("have-local-offer", "stable", "needed");
  }

  @Test
  void anOfferThatCannotBeReadDoesNotUndoTheRollback() {
    a.createDataChannel("ours");
    done(a.setLocalDescription());
    CompletableFuture<Void> applied =
        a.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, "v=1"));
    pair.runMs(1);
    assertThat(applied).isCompletedExceptionally();
    assertThat(events).containsExactly("have-local-offer", "stable", "needed");
  }

  @Test
  void whoRollsBackKeepsItsCandidatesAndIsControlled() {
    List<RTCIceGatheringState> gathering = new ArrayList<>();
    a.onIceGatheringStateChange(gathering::add);
    a.onIceCandidate(candidate -> {}); // the descriptions have them
    b.onIceCandidate(candidate -> {});
    a.createDataChannel("ours");
    b.createDataChannel("theirs");
    done(a.setLocalDescription());
    done(b.setLocalDescription());
    pair.runMs(100);
    List<String> offered = transportLines(a.localDescription());
    done(a.setRemoteDescription(b.localDescription()));
    RTCSessionDescription answer = result(a.setLocalDescription());
    done(b.setRemoteDescription(answer));
    assertThat(pair.runUntil(() -> isConnected(a) && isConnected(b), 10)).isTrue();
    assertThat(transportLines(answer)).isEqualTo(offered).hasSizeGreaterThan(2);
    assertThat(gathering)
        .containsExactly(RTCIceGatheringState.GATHERING, RTCIceGatheringState.COMPLETE);
    assertThat(answer.sdp()).contains("a=setup:active");
    assertThat(a.sctp().transport().iceTransport().role()).isEqualTo(RTCIceRole.CONTROLLED);
    assertThat(b.sctp().transport().iceTransport().role()).isEqualTo(RTCIceRole.CONTROLLING);
  }

  private static boolean isConnected(RTCPeerConnection peer) {
    return peer.connectionState() == RTCPeerConnectionState.CONNECTED;
  }

  private static List<String> transportLines(RTCSessionDescription description) {
    return description
        .sdp()
        .lines()
        .filter(line -> line.matches("a=(candidate|end-of-candidates|ice-ufrag).*"))
        .toList();
  }

  /** The operation is asked for, and must not fail. */
  private void done(CompletableFuture<?> operation) {
    CompletableFuture<?> unused =
        operation.exceptionally(
            reason -> {
              events.add(reason.toString());
              return null;
            });
  }

  private <T> T result(CompletableFuture<T> operation) {
    pair.runMs(0);
    return operation.join();
  }
}
