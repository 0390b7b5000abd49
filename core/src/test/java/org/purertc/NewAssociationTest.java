package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.ice.sim.SimNetwork;

/**
 * A negotiation that begins another DTLS association, RFC 8842, between whole peers in virtual
 * time. DTLS is a double with other keys for each association; the signalling between the peers
 * writes the {@code a=tls-id} of a peer that renews its own.
 */
class NewAssociationTest {
  private static final long MS = 1_000_000;
  private static final int SIGNALING_MS = 30;

  private final PeerPair pair;
  private final List<String> statesOfA;
  private final List<String> statesOfB;

  NewAssociationTest() {
    pair = new PeerPair(SimNetwork.with(1).delayMs(20).jitterMs(4));
    statesOfA = states(pair.a);
    statesOfB = states(pair.b);
  }

  private static List<String> states(PeerCore peer) {
    List<String> states = new ArrayList<>();
    peer.events.connectionStateChange.set(state -> states.add(state.toString()));
    return states;
  }

  private static UnaryOperator<String> tlsId(int number) {
    String line = "a=tls-id:abc3de65cddef001be8" + number + "\r\n";
    return sdp -> sdp.replaceFirst("m=", line + "m=");
  }

  /** One negotiation, and what the signalling does to offer and answer. */
  private void negotiate(
      PeerCore from, PeerCore to, UnaryOperator<String> toOffer, UnaryOperator<String> toAnswer) {
    from.operations()
        .setLocalDescription(null)
        .thenAccept(
            offer ->
                later(
                    () ->
                        to.operations()
                            .setRemoteDescription(changed(offer, toOffer))
                            .thenCompose(done -> to.operations().setLocalDescription(null))
                            .thenAccept(answer -> later(() -> accept(from, answer, toAnswer)))
                            .exceptionally(this::fail)))
        .exceptionally(this::fail);
  }

  private void accept(PeerCore offerer, RTCSessionDescription answer, UnaryOperator<String> to) {
    offerer
        .operations()
        .setRemoteDescription(changed(answer, to))
        .thenAccept(done -> {})
        .exceptionally(this::fail);
  }

  private Void fail(Throwable failure) {
    pair.failures.add(failure);
    return null;
  }

  private void later(Runnable message) {
    pair.loop.at(pair.loop.nowNs() + SIGNALING_MS * MS, message);
  }

  private static RTCSessionDescription changed(
      RTCSessionDescription description, UnaryOperator<String> change) {
    return new RTCSessionDescription(description.type(), change.apply(description.sdp()));
  }

  /** From one peer to the other, with the number that their tls-ids have from then on. */
  private void negotiate(PeerCore from, PeerCore to, int tlsId) {
    negotiate(from, to, tlsId(tlsId), tlsId(tlsId));
  }

  private void connect() {
    negotiate(pair.a, pair.b, 0);
    pair.runMs(2_000);
    assertThat(pair.associations).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0", "true, 1", "false, 1", "true, 2", "false, 2"})
  void noFrameIsLostThatComesUnderEitherKey(boolean offeredByA, int lostLastFlights) {
    OneWayCall call = new OneWayCall(pair);
    call.sendAudio();
    call.sendVideo();
    connect();
    int audioBefore = call.audio.received.size();
    int videoBefore = call.video.received.size();
    for (int tlsId = 1; tlsId <= 3; tlsId++) {
      pair.lostLastFlights = lostLastFlights;
      negotiate(offeredByA ? pair.a : pair.b, offeredByA ? pair.b : pair.a, tlsId);
      pair.runMs(3_000);
      assertThat(pair.associations).isEqualTo(2 + 2 * tlsId);
    }
    assertComplete(call.audio, audioBefore);
    assertComplete(call.video, videoBefore);
    assertThat(call.audio.gaps).isEmpty();
    assertThat(statesOfA).doesNotContain("failed", "disconnected").endsWith("connected");
    assertThat(statesOfB).isEqualTo(statesOfA);
    call.end();
    pair.assertNothingLeft();
  }

  /** All that was written between the first frame after then and the last one came, in order. */
  private static void assertComplete(MediaFlow flow, int before) {
    List<EncodedFrame> received = flow.received.subList(before, flow.received.size());
    assertThat(received).hasSizeGreaterThan(400);
    int first = flow.written.indexOf(flow.writtenAs(received.get(0)));
    for (int i = 0; i < received.size(); i++) {
      assertThat(Arrays.equals(received.get(i).data(), flow.written.get(first + i).data()))
          .as("frame %d of %s", i, flow)
          .isTrue();
    }
  }

  @Test
  void itsVideoAsksForAKeyFrame() {
    OneWayCall call = new OneWayCall(pair);
    call.sendVideo();
    connect();
    long before = keyFrames(call.video);
    pair.runMs(1_000);
    assertThat(keyFrames(call.video)).isEqualTo(before);
    negotiate(pair.b, pair.a, 1);
    pair.runMs(1_000);
    assertThat(keyFrames(call.video)).isGreaterThan(before);
    call.end();
    pair.assertNothingLeft();
  }

  private static long keyFrames(MediaFlow flow) {
    return flow.written.stream().filter(EncodedFrame::keyFrame).count();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void channelsCloseAndNewOnesOpen(boolean offeredByA) {
    List<String> events = new ArrayList<>();
    pair.b.events.dataChannel.set(
        channel -> {
          channel.onMessage(message -> events.add("b got " + message.text()));
          channel.onClose(() -> events.add("b lost " + channel.label()));
        });
    openAnew("one", events);
    connect();
    assertThat(events).containsExactly("b got one");
    events.clear();
    negotiate(offeredByA ? pair.a : pair.b, offeredByA ? pair.b : pair.a, 1);
    pair.runMs(3_000);
    assertThat(events)
        .containsExactlyInAnyOrder("a lost one", "b lost one", "b got one again")
        .endsWith("b got one again");
    assertThat(pair.a.snapshot.sctp.state()).isEqualTo(RTCSctpTransportState.CONNECTED);
    assertThat(pair.a.snapshot.failureReason()).isNull();
    pair.assertNothingLeft();
  }

  /** A channel that says its label, and is created anew when it closes. */
  private void openAnew(String label, List<String> events) {
    RTCDataChannel channel = pair.a.createDataChannel(label, RTCDataChannelInit.DEFAULT);
    channel.onOpen(() -> channel.send(label));
    channel.onError(error -> assertThat(error).hasMessageContaining("another DTLS association"));
    channel.onClose(
        () -> {
          events.add("a lost " + label);
          if (label.equals("one")) {
            openAnew("one again", events);
          }
        });
  }

  @Test
  void aChangeOfRolesIsAnotherAssociationWithOtherIds() {
    List<RTCDataChannel> incoming = new ArrayList<>();
    pair.b.events.dataChannel.set(incoming::add);
    RTCDataChannel first = pair.a.createDataChannel("first", RTCDataChannelInit.DEFAULT);
    connect();
    assertThat(first.id()).isEqualTo(1); // a is the DTLS server: RFC 8832 section 6
    negotiate(pair.b, pair.a, sdp -> sdp.replace("actpass", "passive"), sdp -> sdp);
    pair.runMs(SIGNALING_MS + 5);
    RTCDataChannel second = pair.a.createDataChannel("second", RTCDataChannelInit.DEFAULT);
    pair.runMs(2_000);
    assertThat(pair.associations).isEqualTo(4);
    assertThat(first.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    assertThat(second.readyState()).isEqualTo(RTCDataChannelState.OPEN);
    assertThat(second.id()).isZero();
    assertThat(incoming).extracting(RTCDataChannel::label).containsExactly("first", "second");
    pair.assertNothingLeft();
  }

  @Test
  void anUnchangedTlsIdKeepsTheAssociation() {
    RTCDataChannel channel = pair.a.createDataChannel("kept", RTCDataChannelInit.DEFAULT);
    connect();
    negotiate(pair.b, pair.a, 0);
    pair.runMs(1_000);
    assertThat(pair.associations).isEqualTo(2);
    assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.OPEN);
    assertThat(statesOfA).containsExactly("connecting", "connected");
    pair.assertNothingLeft();
  }

  @Test
  void aHandshakeOfAnotherCertificateFailsTheConnection() {
    RTCDataChannel channel = pair.a.createDataChannel("lost", RTCDataChannelInit.DEFAULT);
    connect();
    negotiate(pair.b, pair.a, sdp -> sdp.replace("BB:BB", "CC:CC"), sdp -> sdp);
    pair.runMs(2_000);
    assertThat(statesOfA).endsWith("connecting", "failed");
    assertThat(pair.a.snapshot.failureReason()).contains("fingerprint");
    assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "20", "30", "45", "60", "80", "100", "150"})
  void aNegotiationDuringTheHandshakeRenewsItToo(int afterMs) {
    RTCDataChannel channel = pair.a.createDataChannel("early", RTCDataChannelInit.DEFAULT);
    negotiate(pair.a, pair.b, 0);
    pair.runMs(2 * SIGNALING_MS + afterMs);
    negotiate(pair.b, pair.a, 1);
    pair.runMs(4_000);
    assertThat(pair.associations).isEqualTo(4);
    assertThat(statesOfA).endsWith("connected").doesNotContain("failed");
    assertThat(statesOfB).endsWith("connected").doesNotContain("failed");
    RTCDataChannel second = pair.a.createDataChannel("second", RTCDataChannelInit.DEFAULT);
    pair.runMs(1_000);
    assertThat(second.readyState()).isEqualTo(RTCDataChannelState.OPEN);
    assertThat(channel.readyState()).isIn(RTCDataChannelState.OPEN, RTCDataChannelState.CLOSED);
    pair.assertNothingLeft();
  }

  @Test
  void closingInTheMiddleOfItLeavesNothing() {
    for (int ms = 0; ms < 200; ms += 10) {
      NewAssociationTest each = new NewAssociationTest();
      OneWayCall call = new OneWayCall(each.pair);
      call.sendAudio();
      each.connect();
      each.negotiate(each.pair.a, each.pair.b, 1);
      each.pair.runMs(ms);
      call.end();
      each.pair.assertNothingLeft();
    }
  }
}
