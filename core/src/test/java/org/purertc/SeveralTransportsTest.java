package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.internal.jsep.BundlePolicy;

/**
 * Whole peers that do not bundle, in virtual time: each section has its own ICE, DTLS and SRTP. The
 * signalling takes the BUNDLE group away, as between a peer and one that does not know it.
 */
class SeveralTransportsTest {
  private static final long MS = 1_000_000;
  private static final int SIGNALING_MS = 30;
  private static final String NOTHING = "(?!)";
  private static final String GROUP = "a=group:BUNDLE[^\r]*\r\n";

  private final List<String> received = new ArrayList<>();
  private final List<String> statesOfA = new ArrayList<>();
  private PeerPair pair;
  private OneWayCall call;
  private RTCDataChannel channel;

  /** Audio, video and data from a to b. */
  private void create(BundlePolicy policy) {
    pair = new PeerPair(SimNetwork.with(1).delayMs(10), "BB:BB", policy);
    pair.a.events.connectionStateChange.set(state -> statesOfA.add(state.toString()));
    pair.b.events.dataChannel.set(
        incoming -> incoming.onMessage(message -> received.add(message.text())));
    call = new OneWayCall(pair);
    call.sendAudio();
    call.sendVideo();
    channel = pair.a.createDataChannel("data", RTCDataChannelInit.DEFAULT);
    channel.onOpen(() -> channel.send("hello"));
  }

  /**
   * @param ofOffer a pattern that the signalling takes out of the offer
   * @param ofAnswer and out of the answer
   */
  private void negotiate(PeerCore from, PeerCore to, String ofOffer, String ofAnswer) {
    from.operations()
        .setLocalDescription(null)
        .thenAccept(
            offer ->
                later(
                    () ->
                        to.operations()
                            .setRemoteDescription(without(ofOffer, offer))
                            .thenCompose(done -> to.operations().setLocalDescription(null))
                            .thenAccept(
                                answer ->
                                    later(
                                        () ->
                                            from.operations()
                                                .setRemoteDescription(without(ofAnswer, answer))
                                                .thenAccept(done -> {})
                                                .exceptionally(this::fail)))
                            .exceptionally(this::fail)))
        .exceptionally(this::fail);
    pair.runMs(2_000);
  }

  private Void fail(Throwable failure) {
    pair.failures.add(failure);
    return null;
  }

  private void later(Runnable message) {
    pair.loop.at(pair.loop.nowNs() + SIGNALING_MS * MS, message);
  }

  private static RTCSessionDescription without(String pattern, RTCSessionDescription description) {
    return new RTCSessionDescription(description.type(), description.sdp().replaceAll(pattern, ""));
  }

  private List<RTCDtlsTransport> transports(PeerCore peer) {
    Set<RTCDtlsTransport> transports = new HashSet<>();
    peer.media().getSenders().forEach(sender -> transports.add(sender.transport()));
    transports.add(peer.snapshot.sctp.transport());
    return List.copyOf(transports);
  }

  private RTCStatsReport stats(PeerCore peer) {
    return pair.now(peer.getStats(null, true));
  }

  @ParameterizedTest
  @EnumSource(value = BundlePolicy.class, mode = Mode.EXCLUDE, names = "MAX_BUNDLE")
  void everythingFlowsOnItsOwnTransport(BundlePolicy policy) {
    create(policy);
    negotiate(pair.a, pair.b, GROUP, NOTHING); // then there is none in the answer
    assertThat(pair.failures).isEmpty();
    assertThat(statesOfA).containsExactly("connecting", "connected");
    assertThat(transports(pair.a)).hasSize(3);
    assertThat(transports(pair.b)).hasSize(3);
    assertThat(pair.associations).isEqualTo(6);
    assertFlows();
    RTCStatsReport stats = stats(pair.a);
    assertThat(stats.ofType("transport"))
        .hasSize(3)
        .allMatch(each -> each.longValue("packetsSent") > 0)
        .allMatch(each -> each.longValue("packetsReceived") > 0)
        .allMatch(each -> each.text("dtlsState").equals("connected"));
    assertThat(stats.ofType("remote-inbound-rtp")).hasSize(2); // RTCP came back on both
    end();
  }

  private void assertFlows() {
    int audio = call.audio.received.size();
    int video = call.video.received.size();
    received.clear();
    channel.send("more");
    pair.runMs(1_000);
    assertThat(call.audio.received.size() - audio).isGreaterThan(45);
    assertThat(call.video.received.size() - video).isGreaterThan(45);
    assertThat(received).containsExactly("more");
  }

  private void end() {
    call.end();
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(BundlePolicy.class)
  void aPeerThatBundlesGetsOneTransport(BundlePolicy policy) {
    create(policy);
    negotiate(pair.a, pair.b, NOTHING, NOTHING);
    assertThat(transports(pair.a)).hasSize(1);
    assertThat(stats(pair.a).ofType("transport")).hasSize(1);
    assertThat(pair.network.openPorts()).isEqualTo(2);
    assertFlows();
    end();
  }

  @ParameterizedTest
  @EnumSource(value = BundlePolicy.class, mode = Mode.EXCLUDE, names = "MAX_BUNDLE")
  void aLaterOfferOfTheOtherSideKeepsThemApart(BundlePolicy policy) {
    create(policy);
    negotiate(pair.a, pair.b, GROUP, GROUP);
    negotiate(pair.b, pair.a, GROUP, GROUP);
    negotiate(pair.a, pair.b, GROUP, GROUP);
    assertThat(pair.failures).isEmpty();
    assertThat(transports(pair.a)).hasSize(3);
    assertThat(pair.associations).isEqualTo(6);
    assertFlows();
    end();
  }

  @Test
  void oneThatFailsMakesTheConnectionFailAndLeavesTheOthersAlone() {
    create(BundlePolicy.MAX_COMPAT);
    pair.lostFlightsOfAssociation = 2; // of the second section, video
    negotiate(pair.a, pair.b, GROUP, GROUP);
    assertThat(statesOfA).containsExactly("connecting");
    pair.runMs(15_000);
    assertThat(statesOfA).containsExactly("connecting", "failed");
    assertThat(states(pair.a)).containsOnlyOnce(RTCDtlsTransportState.FAILED);
    int audio = call.audio.received.size();
    received.clear();
    channel.send("all the same");
    pair.runMs(1_000);
    assertThat(call.audio.received.size() - audio).isGreaterThan(45);
    assertThat(call.video.received).isEmpty();
    assertThat(received).containsExactly("all the same");
    end();
  }

  private List<RTCDtlsTransportState> states(PeerCore peer) {
    return transports(peer).stream().map(RTCDtlsTransport::state).toList();
  }
}
