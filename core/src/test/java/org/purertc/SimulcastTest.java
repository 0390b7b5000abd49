package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Two whole peers in virtual time: a sends three encodings of one track. */
class SimulcastTest {
  private static final List<String> RIDS = List.of("q", "h", "f");

  private final EncodedMediaSource camera = EncodedMediaSource.video();
  private final Map<String, ObedientEncoder> encoders = new LinkedHashMap<>();
  private MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(20));
  private RTCRtpSender sender;

  private void addSimulcast() {
    RTCRtpEncodingParameters[] encodings =
        RIDS.stream().map(RTCRtpEncodingParameters::of).toArray(RTCRtpEncodingParameters[]::new);
    RTCRtpTransceiverInit init =
        RTCRtpTransceiverInit.of(RTCRtpTransceiverDirection.SENDONLY).withSendEncodings(encodings);
    sender = call.a.addTransceiver(camera.track(), init).sender();
    RIDS.forEach(rid -> encoders.put(rid, new ObedientEncoder(call, camera.encoding(rid), rid)));
  }

  private RTCRtpReceiver receiver() {
    return call.b.getTransceivers().get(0).receiver();
  }

  private ObedientEncoder encoder(String rid) {
    return encoders.get(rid);
  }

  private List<EncodedFrame> receive(String rid) {
    List<EncodedFrame> frames = new ArrayList<>();
    receiver().track(rid).onFrame(frames::add);
    return frames;
  }

  @Test
  void theOfferNamesTheEncodingsAndTheAnswerTakesThem() {
    addSimulcast();
    call.negotiated();
    String offer = call.a.localDescription().sdp();
    assertThat(offer)
        .contains("a=rid:q send", "a=rid:h send", "a=rid:f send", "a=simulcast:send q;h;f")
        .contains("sdes:rtp-stream-id", "sdes:repaired-rtp-stream-id")
        .doesNotContain("a=ssrc");
    assertThat(call.b.localDescription().sdp()).contains("a=rid:q recv", "a=simulcast:recv q;h;f");
    assertThat(receiver().rids()).isEqualTo(RIDS);
  }

  @Test
  void eachLayerArrivesInItsOwnTrackAndTheFirstInThatOfTheReceiver() {
    addSimulcast();
    call.negotiated();
    Map<String, List<EncodedFrame>> layers = new LinkedHashMap<>();
    RIDS.forEach(rid -> layers.put(rid, receive(rid)));
    call.pair.runMs(5_000);
    layers.forEach(
        (rid, frames) -> {
          assertThat(frames).as(rid).hasSizeGreaterThan(50);
          assertThat(frames).as(rid).allMatch(encoder(rid)::wrote);
        });
    assertThat(call.receivedByB).hasSizeGreaterThan(50).allMatch(encoder("q")::wrote);
  }

  @Test
  void layersThatNobodyAskedForAreNotGivenOut() {
    addSimulcast();
    call.negotiated();
    call.pair.runMs(3_000);
    assertThat(encoder("h").written).isNotEmpty();
    assertThat(encoder("h").wroteOf(call.receivedByB)).isZero();
    assertThat(receiver().track("h")).isSameAs(receiver().track("h"));
    assertThatThrownBy(() -> receiver().track("x")).hasMessageContaining("no layer \"x\"");
  }

  @Test
  void keyFramesAreAskedForEncodingByEncoding() {
    addSimulcast();
    call.negotiated();
    RIDS.forEach(this::receive);
    call.pair.runMs(5_000);
    Map<String, Integer> before = new LinkedHashMap<>();
    encoders.forEach((rid, encoder) -> before.put(rid, encoder.keyFrameRequests));
    receiver().track("h").requestKeyFrame();
    call.pair.runMs(1_000);
    assertThat(encoder("h").keyFrameRequests).isEqualTo(before.get("h") + 1);
    assertThat(encoder("q").keyFrameRequests).isEqualTo(before.get("q"));
    assertThat(encoder("f").keyFrameRequests).isEqualTo(before.get("f"));
  }

  /** What a server does for a listener whose path became wider. */
  @Test
  void aSenderThatIsGivenAnotherLayerGoesOnWithAKeyFrameOfIt() {
    addSimulcast();
    call.negotiated();
    EncodedMediaSource small = EncodedMediaSource.video();
    RTCRtpTransceiverInit init = RTCRtpTransceiverInit.of(RTCRtpTransceiverDirection.SENDONLY);
    RTCRtpSender echo = call.b.addTransceiver(small.track(), init).sender();
    call.negotiatedByB();
    List<EncodedFrame> echoed = new ArrayList<>();
    call.tracksOfA.get(0).track().onFrame(echoed::add);
    CompletableFuture<Void> first = echo.replaceTrack(receiver().track("q"));
    call.pair.runMs(2_000);
    assertThat(first).isCompleted();
    CompletableFuture<Void> second = echo.replaceTrack(receiver().track("h"));
    call.pair.runMs(2_000);
    assertThat(second).isCompleted();
    EncodedFrame firstOfLarge =
        echoed.stream().filter(encoder("h")::wrote).findFirst().orElseThrow();
    assertThat(firstOfLarge.keyFrame()).isTrue();
    assertThat(encoder("q").wrote(echoed.get(0))).isTrue();
    assertThat(encoder("h").wrote(echoed.get(echoed.size() - 1))).isTrue();
  }

  @Test
  void timestampsOfTheLayersCountFromTheSameStart() {
    addSimulcast();
    call.negotiated();
    List<EncodedFrame> small = receive("q");
    call.pair.runMs(3_000);
    List<EncodedFrame> large = receive("f");
    call.pair.runMs(3_000);
    long difference =
        small.get(small.size() - 1).timestampUs() - large.get(large.size() - 1).timestampUs();
    assertThat(difference).isBetween(-60_000L, 60_000L);
  }

  @Test
  void aNarrowPathCarriesTheSmallEncodingsOnly() {
    call = new MediaCall(SimNetwork.with(2).delayMs(20).rate(500_000).queueBytes(30_000));
    addSimulcast();
    call.negotiated();
    call.pair.runMs(20_000);
    assertThat(encoder("q").target).isGreaterThan(100_000);
    assertThat(encoder("f").target).isZero();
    assertThat(encoder("q").target + encoder("h").target).isBetween(250_000L, 500_000L);
  }

  @Test
  void aWidePathCarriesAll() {
    addSimulcast();
    call.negotiated();
    call.pair.runMs(10_000);
    assertThat(encoder("q").target).isEqualTo(156_250);
    assertThat(encoder("h").target).isEqualTo(625_000);
    assertThat(encoder("f").target).isGreaterThan(1_000_000);
  }

  @Test
  void anEncodingThatIsNotActiveIsNotSent() {
    addSimulcast();
    call.negotiated();
    List<EncodedFrame> half = receive("h");
    call.pair.runMs(3_000);
    activate("h", false);
    call.pair.runMs(200);
    half.clear();
    call.pair.runMs(2_000);
    assertThat(half).isEmpty();
    int requests = encoder("h").keyFrameRequests;
    activate("h", true);
    call.pair.runMs(2_000);
    assertThat(half).isNotEmpty();
    assertThat(half.get(0).keyFrame()).isTrue();
    assertThat(encoder("h").keyFrameRequests).isGreaterThan(requests);
  }

  private void activate(String rid, boolean active) {
    RTCRtpSendParameters parameters = sender.getParameters();
    sender.setParameters(
        parameters.withEncodings(
            parameters.encodings().stream()
                .map(each -> rid.equals(each.rid()) ? each.withActive(active) : each)
                .toArray(RTCRtpEncodingParameters[]::new)));
  }

  @Test
  void eachEncodingHasItsLimit() {
    addSimulcast();
    call.negotiated();
    RTCRtpSendParameters parameters = sender.getParameters();
    assertThat(parameters.encodings())
        .extracting(RTCRtpEncodingParameters::scaleResolutionDownBy)
        .containsExactly(4.0, 2.0, 1.0);
    sender.setParameters(
        parameters.withEncodings(
            parameters.encodings().get(0).withMaxBitrate(100_000L),
            parameters.encodings().get(1).withMaxBitrate(300_000L),
            parameters.encodings().get(2).withMaxBitrate(900_000L)));
    call.pair.runMs(10_000);
    assertThat(encoders.values())
        .extracting(encoder -> encoder.target)
        .containsExactly(100_000L, 300_000L, 900_000L);
  }

  @Test
  void statisticsTellTheEncodingsApart() {
    addSimulcast();
    call.negotiated();
    call.pair.runMs(8_000);
    List<RTCStats> sent = call.result(sender.getStats()).ofType("outbound-rtp");
    assertThat(sent).extracting(each -> each.text("rid")).containsExactlyInAnyOrder("q", "h", "f");
    assertThat(sent)
        .extracting(each -> each.longValue("encodingIndex"))
        .containsExactlyInAnyOrder(0L, 1L, 2L);
    assertThat(sent)
        .extracting(each -> each.longValue("framesSent"))
        .allMatch(frames -> frames > 50);
    assertThat(sent)
        .extracting(each -> each.text("mediaSourceId"))
        .containsOnly(sent.get(0).text("mediaSourceId"));
    assertThat(call.result(receiver().getStats()).ofType("inbound-rtp")).hasSize(3);
  }

  @Test
  void lostPacketsOfEveryLayerAreRepaired() {
    call = new MediaCall(SimNetwork.with(3).delayMs(20).lossPercent(5));
    addSimulcast();
    call.negotiated();
    Map<String, List<EncodedFrame>> layers = new LinkedHashMap<>();
    RIDS.forEach(rid -> layers.put(rid, receive(rid)));
    call.pair.runMs(10_000);
    layers.forEach(
        (rid, frames) -> {
          frames.clear();
          encoder(rid).written.clear();
        });
    call.pair.runMs(5_000);
    layers.forEach(
        (rid, frames) ->
            assertThat(frames.size()).as(rid).isGreaterThan(encoder(rid).written.size() * 9 / 10));
  }

  @Test
  void whoTakesNoSimulcastGetsTheFirstEncoding() {
    addSimulcast();
    RTCSessionDescription offer = call.result(call.a.setLocalDescription());
    String plain =
        offer
            .sdp()
            .lines()
            .filter(line -> !line.startsWith("a=rid") && !line.startsWith("a=simulcast"))
            .reduce("", (all, line) -> all + line + "\r\n");
    call.result(call.b.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, plain)));
    RTCSessionDescription answer = call.result(call.b.setLocalDescription());
    call.result(call.a.setRemoteDescription(answer));
    call.pair.runMs(4_000);
    assertThat(sender.getParameters().encodings())
        .extracting(RTCRtpEncodingParameters::rid)
        .containsExactly("q");
    assertThat(call.receivedByB).hasSizeGreaterThan(50).allMatch(encoder("q")::wrote);
    assertThat(receiver().rids()).isEmpty();
    assertThat(call.result(call.a.createOffer()).sdp()).doesNotContain("a=simulcast");
  }

  @Test
  void encodingsGoOnAfterAPause() {
    addSimulcast();
    call.negotiated();
    List<EncodedFrame> half = receive("h");
    call.pair.runMs(3_000);
    RTCRtpTransceiver transceiver = call.a.getTransceivers().get(0);
    transceiver.direction(RTCRtpTransceiverDirection.INACTIVE);
    call.pair.negotiate();
    call.pair.runMs(1_000);
    half.clear();
    call.pair.runMs(1_000);
    assertThat(half).isEmpty();
    transceiver.direction(RTCRtpTransceiverDirection.SENDONLY);
    call.pair.negotiate();
    call.pair.runMs(3_000);
    assertThat(half).hasSizeGreaterThan(30).allMatch(encoder("h")::wrote);
  }
}
