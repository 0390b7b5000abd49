package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** W3C WebRTC section 4.4.2, restartIce(), and iceRestart of offers; whole peers, virtual time. */
class IceRestartTest {

  private final List<String> received = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private int sent;

  private PeerPair connected(long seed) {
    PeerPair pair = new PeerPair(SimNetwork.with(seed).delayMs(20));
    RTCDataChannel channel = pair.a.createDataChannel("numbers", RTCDataChannelInit.DEFAULT);
    pair.b.events.dataChannel.set(
        incoming -> incoming.onMessage(message -> received.add(message.text())));
    channel.onOpen(() -> send(pair, channel));
    channel.onError(error -> events.add("error"));
    channel.onClose(() -> events.add("channel closed"));
    pair.negotiate();
    assertThat(pair.runUntil(() -> received.size() > 10, 10)).isTrue();
    return pair;
  }

  /** One message each 10 ms. */
  private void send(PeerPair pair, RTCDataChannel channel) {
    if (channel.readyState() == RTCDataChannelState.OPEN) {
      channel.send(String.valueOf(sent++));
      pair.loop.at(pair.loop.nowNs() + 10_000_000, () -> send(pair, channel));
    }
  }

  private void assertNothingIsLost(PeerPair pair) {
    int count = sent;
    assertThat(pair.runUntil(() -> received.size() >= count, 5)).isTrue();
    List<String> all = IntStream.range(0, received.size()).mapToObj(String::valueOf).toList();
    assertThat(received).isEqualTo(all);
    assertThat(events).doesNotContain("error", "channel closed");
    pair.assertNothingLeft();
  }

  private static String ufrag(PeerCore peer) {
    RTCSessionDescription local = peer.snapshot.localDescription();
    assertThat(local).isNotNull();
    return local.sdp().lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().get();
  }

  private static void restart(PeerCore peer) {
    peer.operations().restartIce();
  }

  @Test
  void bothSidesGetNewCredentialsAndNoMessageIsLost() {
    PeerPair pair = connected(1);
    String ufragOfA = ufrag(pair.a);
    String ufragOfB = ufrag(pair.b);
    pair.a.events.iceConnectionStateChange.set(state -> events.add("ICE " + state));
    pair.a.events.connectionStateChange.set(state -> events.add("all " + state));
    List<String> candidates = new ArrayList<>();
    pair.a.events.iceCandidate.set(candidate -> candidates.add(candidate.usernameFragment()));
    restart(pair.a);
    pair.negotiate();
    pair.runMs(3_000);
    assertThat(ufrag(pair.a)).isNotEqualTo(ufragOfA).endsWith(candidates.get(0));
    assertThat(candidates).hasSize(2); // one host candidate and the end
    assertThat(ufrag(pair.b)).isNotEqualTo(ufragOfB);
    assertThat(events).containsExactly("ICE connected", "ICE completed");
    assertNothingIsLost(pair);
  }

  @Test
  void gatheringCompletesOnceMoreWithTheNewDescription() {
    PeerPair pair = connected(6);
    String before = ufrag(pair.a);
    pair.a.events.iceCandidate.set(candidate -> {});
    restart(pair.a);
    List<String> gathered = new ArrayList<>();
    pair.a.events.iceGatheringStateChange.set(state -> gathered.add(state.toString()));
    List<RTCSessionDescription> complete = new ArrayList<>();
    var unused =
        pair.a
            .operations()
            .setLocalDescription(null)
            .thenCompose(offer -> pair.a.gatheringComplete())
            .thenAccept(complete::add);
    pair.runMs(100);
    assertThat(gathered).containsExactly("gathering", "complete");
    assertThat(complete).hasSize(1);
    assertThat(complete.get(0).sdp()).doesNotContain(before).contains("a=end-of-candidates");
    pair.assertNothingLeft();
  }

  @Test
  void anOfferMayAskForARestart() {
    PeerPair pair = connected(2);
    pair.a.events.iceCandidate.set(candidate -> {}); // b never hears of the offer
    String before = ufrag(pair.a);
    RTCSessionDescription plain =
        pair.now(pair.a.operations().createOffer(RTCOfferOptions.DEFAULT));
    assertThat(plain.sdp()).contains(before);
    RTCSessionDescription offer =
        pair.now(pair.a.operations().createOffer(new RTCOfferOptions(true)));
    assertThat(offer.sdp()).doesNotContain(before);
    assertThat(ufrag(pair.a)).isEqualTo(before);
    pair.now(pair.a.operations().setLocalDescription(offer));
    assertThat(ufrag(pair.a)).isNotEqualTo(before);
    pair.now(
        pair.a
            .operations()
            .setLocalDescription(new RTCSessionDescription(RTCSdpType.ROLLBACK, "")));
    assertThat(ufrag(pair.a)).isEqualTo(before);
    pair.runMs(40_000);
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.CONNECTED);
    assertNothingIsLost(pair);
  }

  @Test
  void needsANegotiationUntilTheCredentialsAreReplaced() {
    PeerPair pair = connected(3);
    pair.runMs(1_000);
    pair.a.operations().onNegotiationNeeded(() -> events.add("needed"));
    restart(pair.a);
    pair.runMs(10);
    assertThat(events).containsExactly("needed");
    // The other side's offer without a restart does not replace them.
    String before = ufrag(pair.a);
    RTCSessionDescription offer = pair.now(pair.b.operations().setLocalDescription(null));
    pair.now(pair.a.operations().setRemoteDescription(offer));
    RTCSessionDescription answer = pair.now(pair.a.operations().setLocalDescription(null));
    pair.now(pair.b.operations().setRemoteDescription(answer));
    assertThat(ufrag(pair.a)).isEqualTo(before);
    pair.runMs(10);
    assertThat(events).containsExactly("needed", "needed");
    pair.negotiate();
    pair.runMs(1_000);
    assertThat(ufrag(pair.a)).isNotEqualTo(before);
    assertThat(events).containsExactly("needed", "needed");
    assertNothingIsLost(pair);
  }

  @Test
  void doesNothingBeforeTheFirstNegotiation() {
    PeerPair pair = new PeerPair(SimNetwork.with(4).delayMs(20));
    pair.a.operations().onNegotiationNeeded(() -> events.add("needed"));
    restart(pair.a);
    pair.runMs(10);
    assertThat(events).isEmpty();
    pair.assertNothingLeft();
  }

  /**
   * Signalling takes 30 ms each way, the path 40 ms there and back. One round trip checks the path,
   * half a one brings the data.
   */
  @ParameterizedTest
  @ValueSource(longs = {1_500, 3_000, 6_000, 30_000, 60_000})
  void dataGoesOnTwoRoundTripsAfterBothSidesKnowOfTheRestart(long outageMs) {
    PeerPair pair = connected(6);
    pair.network.cut();
    pair.runMs(outageMs);
    int before = received.size();
    pair.network.restore();
    restart(pair.a);
    pair.negotiate();
    pair.runMs(2 * 30 + 2 * 40);
    assertThat(received).hasSizeGreaterThan(before);
    assertNothingIsLost(pair);
  }

  /** SCTP has backed off to more than six seconds then; ICE asks twice a second. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9, 10})
  void dataGoesOnWhenTheCheckAfterAnOutageIsAnswered(long seed) {
    PeerPair pair = connected(seed);
    pair.network.cut();
    pair.runMs(5_000);
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.CONNECTED);
    pair.runMs(3_000);
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.DISCONNECTED);
    int before = received.size();
    pair.network.restore();
    pair.runMs(500 + 2 * 40);
    assertThat(received).hasSizeGreaterThan(before);
    assertNothingIsLost(pair);
  }

  /** Too short for a consent check to be lost: SCTP's first time-out makes ICE ask. */
  @ParameterizedTest
  @ValueSource(longs = {1_300, 1_600, 2_000, 2_400, 2_900, 3_400, 3_900, 5_000})
  void dataGoesOnSoonAfterAnOutageBetweenTwoConsentChecks(long outageMs) {
    PeerPair pair = connected(11);
    pair.network.cut();
    pair.runMs(outageMs);
    int before = received.size();
    pair.network.restore();
    pair.runMs(500 + 2 * 40);
    assertThat(received).hasSizeGreaterThan(before);
    assertNothingIsLost(pair);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailedConnectionGoesOnAfterARestart(boolean sameSide) {
    PeerPair pair = connected(5);
    pair.network.cut();
    pair.runMs(60_000);
    assertThat(pair.a.snapshot.connectionState).isEqualTo(RTCPeerConnectionState.FAILED);
    assertThat(events).isEmpty(); // W3C: the failure of a path closes nothing
    pair.network.restore();
    pair.a.events.connectionStateChange.set(state -> events.add(state.toString()));
    if (sameSide) {
      restart(pair.a);
      pair.negotiate();
    } else {
      restart(pair.b);
      RTCSessionDescription offer = pair.now(pair.b.operations().setLocalDescription(null));
      pair.now(pair.a.operations().setRemoteDescription(offer));
      RTCSessionDescription answer = pair.now(pair.a.operations().setLocalDescription(null));
      pair.now(pair.b.operations().setRemoteDescription(answer));
    }
    assertThat(
            pair.runUntil(
                () -> pair.a.snapshot.connectionState == RTCPeerConnectionState.CONNECTED, 2))
        .isTrue();
    assertThat(events).containsExactly("connecting", "connected");
    assertNothingIsLost(pair);
  }
}
