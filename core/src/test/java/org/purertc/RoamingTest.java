package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.HostPolicy;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimNetwork;

/** Whole peers whose hosts change their addresses in the middle of a transfer; virtual time. */
class RoamingTest {

  private final List<String> received = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private int sent;
  private boolean stopped;

  private PeerPair connected(SimNetwork network) {
    return connected(new PeerPair(network));
  }

  private PeerPair connected(PeerPair pair) {
    RTCDataChannel channel = pair.a.createDataChannel("numbers", RTCDataChannelInit.DEFAULT);
    pair.b.events.dataChannel.set(
        incoming -> incoming.onMessage(message -> received.add(message.text())));
    channel.onOpen(() -> send(pair, channel));
    channel.onError(error -> events.add("error"));
    channel.onClose(() -> events.add("channel closed"));
    pair.negotiate();
    assertThat(pair.runUntil(() -> received.size() > 300, 20)).isTrue();
    pair.a.events.iceConnectionStateChange.set(state -> events.add("ICE " + state));
    pair.a.events.iceGatheringStateChange.set(state -> events.add("gathering " + state));
    pair.a.events.negotiationNeeded.set(() -> events.add("negotiation needed"));
    return pair;
  }

  /** One message each 10 ms. */
  private void send(PeerPair pair, RTCDataChannel channel) {
    if (channel.readyState() == RTCDataChannelState.OPEN && !stopped) {
      channel.send(String.valueOf(sent++));
      pair.loop.at(pair.loop.nowNs() + 10_000_000, () -> send(pair, channel));
    }
  }

  private static void change(PeerPair pair, SimHost host, String... addresses) {
    host.setAddresses(addresses);
    host.tellWatchers();
    pair.runMs(1);
  }

  private void assertNothingIsLost(PeerPair pair) {
    stopped = true;
    assertThat(pair.runUntil(() -> received.size() >= sent, 60))
        .as("seed %s: %s of %s, %s", pair.network.seed(), received.size(), sent, events)
        .isTrue();
    List<String> all = IntStream.range(0, sent).mapToObj(String::valueOf).toList();
    assertThat(received).isEqualTo(all);
    assertThat(events).doesNotContain("error", "channel closed");
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTransferGoesOnFromAnotherAddressWithoutSignalling(long seed) {
    PeerPair pair = connected(SimNetwork.with(seed).delayMs(20).jitterMs(5).lossPercent(5));
    SimHost roaming = seed % 2 == 0 ? pair.hostA : pair.hostB;
    for (int i = 0; i < 3; i++) {
      roaming.setAddresses("10.9.0." + (1 + i));
      pair.runMs(2_000); // until the next look
      roaming.tellWatchers();
      pair.runMs(12_000);
    }
    assertThat(events).doesNotContain("negotiation needed");
    assertNothingIsLost(pair);
  }

  @Test
  void anOutageOfAllNetworksIsToldAndTheTransferGoesOnAfterwards() {
    PeerPair pair = connected(SimNetwork.with(9).delayMs(20));
    change(pair, pair.hostA);
    assertThat(events).containsExactly("ICE disconnected");
    pair.runMs(20_000);
    change(pair, pair.hostA, "10.0.0.1");
    pair.runMs(1_000);
    assertThat(events).last().isIn("ICE connected", "ICE completed");
    assertNothingIsLost(pair);
  }

  @Test
  void theLocalDescriptionLosesTheCandidatesWhoseAddressesAreGone() {
    PeerPair pair = connected(SimNetwork.with(11).delayMs(20));
    assertThat(localDescription(pair)).contains(" 10.0.0.1 ");
    change(pair, pair.hostA, "10.0.0.1", "10.6.0.1");
    change(pair, pair.hostA, "10.6.0.1");
    assertThat(localDescription(pair)).doesNotContain(" 10.0.0.1 ");
    pair.runMs(9_000);
    assertNothingIsLost(pair);
  }

  @Test
  void whoGathersContinuallyTellsNewAddressesWithoutARestart() {
    HostPolicy continual = HostPolicy.builder(Addresses.ALL).continual(true).build();
    PeerPair pair = connected(new PeerPair(SimNetwork.with(12).delayMs(20), continual));
    change(pair, pair.hostA, "10.0.0.1", "10.6.0.1");
    assertThat(events).containsExactly("gathering gathering", "gathering complete");
    assertThat(localDescription(pair)).contains(" 10.6.0.1 ", " 10.0.0.1 ");
    pair.runMs(100);
    RTCSessionDescription remote = pair.b.snapshot.remoteDescription();
    assertThat(remote).isNotNull();
    assertThat(remote.sdp()).contains(" 10.6.0.1 ");
    change(pair, pair.hostA, "10.6.0.1");
    pair.runMs(9_000);
    assertNothingIsLost(pair);
  }

  private static String localDescription(PeerPair pair) {
    RTCSessionDescription local = pair.a.snapshot.localDescription();
    assertThat(local).isNotNull();
    return local.sdp();
  }

  @Test
  void afterRestartIceTheRemoteIsToldTheAddressesOfNow() {
    PeerPair pair = connected(SimNetwork.with(10).delayMs(20));
    change(pair, pair.hostA, "10.0.0.1", "10.5.0.1");
    List<String> told = new ArrayList<>();
    pair.a.events.iceCandidate.set(
        candidate -> {
          told.add(candidate.address());
          pair.loop.execute(() -> pair.b.operations().addIceCandidate(candidate));
        });
    pair.runMs(5_000);
    assertThat(told).isEmpty();
    assertThat(events).isEmpty();
    pair.a.operations().restartIce();
    pair.negotiate();
    pair.runMs(1_000);
    assertThat(told).contains("10.0.0.1", "10.5.0.1");
    change(pair, pair.hostA, "10.5.0.1");
    told.clear();
    pair.a.operations().restartIce();
    pair.negotiate();
    pair.runMs(1_000);
    assertThat(told).contains("10.5.0.1").doesNotContain("10.0.0.1");
    assertThat(localDescription(pair)).contains(" 10.5.0.1 ").doesNotContain(" 10.0.0.1 ");
    assertNothingIsLost(pair);
  }
}
