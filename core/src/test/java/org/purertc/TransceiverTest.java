package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.RTCRtpTransceiverDirection.INACTIVE;
import static org.purertc.RTCRtpTransceiverDirection.RECVONLY;
import static org.purertc.RTCRtpTransceiverDirection.SENDONLY;
import static org.purertc.RTCRtpTransceiverDirection.SENDRECV;
import static org.purertc.RTCRtpTransceiverDirection.STOPPED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Transceivers, senders and receivers, W3C WebRTC section 5. */
class TransceiverTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final RTCPeerConnection a = call.a;
  private final RTCPeerConnection b = call.b;
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  @Test
  void addTrackMakesATransceiverThatSendsAndReceives() {
    RTCRtpSender sender = a.addTrack(audio.track());
    assertThat(a.getTransceivers()).hasSize(1);
    RTCRtpTransceiver transceiver = a.getTransceivers().get(0);
    assertThat(a.getSenders()).containsExactly(sender);
    assertThat(a.getReceivers()).containsExactly(transceiver.receiver());
    assertThat(transceiver.sender()).isSameAs(sender);
    assertThat(sender.track()).isSameAs(audio.track());
    assertThat(transceiver.direction()).isEqualTo(SENDRECV);
    assertThat(transceiver.currentDirection()).isNull();
    assertThat(transceiver.mid()).isNull();
    assertThat(sender.transport()).isNull();
  }

  @Test
  void addTrackTakesATransceiverThatHasNeverSent() {
    RTCRtpTransceiver waiting =
        a.addTransceiver(MediaKind.AUDIO, RTCRtpTransceiverInit.of(RECVONLY));
    RTCRtpTransceiver other = a.addTransceiver(MediaKind.VIDEO);
    RTCRtpSender sender = a.addTrack(audio.track());
    assertThat(sender).isSameAs(waiting.sender());
    assertThat(waiting.direction()).isEqualTo(SENDRECV);
    assertThat(a.getTransceivers()).containsExactly(waiting, other);
  }

  @Test
  void addTrackLeavesATransceiverThatHasSent() {
    RTCRtpSender first = a.addTrack(audio.track());
    call.negotiated();
    a.removeTrack(first);
    RTCRtpSender second = a.addTrack(EncodedMediaSource.audio().track());
    assertThat(second).isNotSameAs(first);
    assertThat(a.getTransceivers()).hasSize(2);
  }

  @Test
  void removeTrackLeavesTheReceivingHalf() {
    RTCRtpSender sender = a.addTrack(audio.track());
    a.removeTrack(sender);
    assertThat(sender.track()).isNull();
    assertThat(a.getTransceivers().get(0).direction()).isEqualTo(RECVONLY);
    RTCRtpTransceiver sending = a.addTransceiver(video.track(), init(SENDONLY));
    a.removeTrack(sending.sender());
    assertThat(sending.direction()).isEqualTo(INACTIVE);
  }

  private static RTCRtpTransceiverInit init(RTCRtpTransceiverDirection direction) {
    return RTCRtpTransceiverInit.of(direction);
  }

  @Test
  void aNegotiationAgreesOnDirections() {
    RTCRtpTransceiver both = a.addTransceiver(MediaKind.AUDIO);
    RTCRtpTransceiver sending = a.addTransceiver(MediaKind.VIDEO, init(SENDONLY));
    RTCRtpTransceiver receiving = a.addTransceiver(MediaKind.VIDEO, init(RECVONLY));
    RTCRtpTransceiver neither = a.addTransceiver(MediaKind.AUDIO, init(INACTIVE));
    call.negotiated();
    assertThat(List.of(both, sending, receiving, neither))
        .extracting(RTCRtpTransceiver::currentDirection)
        .containsExactly(SENDONLY, SENDONLY, INACTIVE, INACTIVE);
    assertThat(b.getTransceivers())
        .extracting(RTCRtpTransceiver::currentDirection)
        .containsExactly(RECVONLY, RECVONLY, INACTIVE, INACTIVE);
    assertThat(b.getTransceivers())
        .extracting(RTCRtpTransceiver::mid)
        .containsExactly(both.mid(), sending.mid(), receiving.mid(), neither.mid())
        .doesNotHaveDuplicates()
        .doesNotContainNull();
    assertThat(both.direction()).isEqualTo(SENDRECV);
  }

  @Test
  void theRemoteOfferIsJoinedToTheTrackThatWasAdded() {
    RTCRtpSender mine = b.addTrack(audio.track());
    RTCRtpSender theirs = a.addTrack(EncodedMediaSource.audio().track());
    call.negotiated();
    assertThat(b.getTransceivers()).hasSize(1);
    assertThat(b.getTransceivers().get(0).sender()).isSameAs(mine);
    assertThat(b.getTransceivers().get(0).currentDirection()).isEqualTo(SENDRECV);
    assertThat(a.getSenders()).containsExactly(theirs);
  }

  @Test
  void theRemoteOfferIsNotJoinedToATransceiverThatWasAdded() {
    RTCRtpTransceiver mine = b.addTransceiver(MediaKind.AUDIO);
    RTCRtpSender unused = a.addTrack(audio.track());
    call.negotiated();
    assertThat(b.getTransceivers()).hasSize(2);
    assertThat(mine.mid()).isNull();
  }

  @Test
  void stopEndsBothHalvesAtOnceAndTheSectionWithTheNextNegotiation() {
    RTCRtpTransceiver transceiver = a.addTransceiver(audio.track(), init(SENDRECV));
    call.negotiated();
    List<String> ended = new ArrayList<>();
    transceiver.receiver().track().onEnded(track -> ended.add("of a"));
    call.tracksOfB.get(0).track().onEnded(track -> ended.add("of b"));
    RTCRtpTransceiver remote = b.getTransceivers().get(0);
    transceiver.stop();
    call.pair.runMs(1);
    assertThat(transceiver.direction()).isEqualTo(STOPPED);
    assertThat(transceiver.currentDirection()).isEqualTo(SENDONLY);
    assertThat(transceiver.sender().track()).isSameAs(audio.track());
    assertThat(a.getSenders()).hasSize(1);
    assertThat(ended).containsExactly("of a");
    call.negotiated();
    assertThat(transceiver.currentDirection()).isEqualTo(STOPPED);
    assertThat(remote.currentDirection()).isEqualTo(STOPPED);
    assertThat(remote.direction()).isEqualTo(STOPPED);
    assertThat(ended).containsExactly("of a", "of b");
    assertThat(a.getTransceivers()).isEmpty();
    assertThat(b.getTransceivers()).isEmpty();
    assertThat(b.getReceivers()).isEmpty();
  }

  @Test
  void theSectionOfAStoppedTransceiverIsUsedAnew() {
    a.addTransceiver(MediaKind.AUDIO).stop();
    RTCRtpTransceiver first = a.addTransceiver(MediaKind.AUDIO);
    call.negotiated();
    first.stop();
    call.negotiated();
    RTCRtpTransceiver second = a.addTransceiver(MediaKind.VIDEO);
    call.negotiated();
    assertThat(sections(a)).isEqualTo(1);
    assertThat(second.mid()).isNotEqualTo(first.mid()).isNotNull();
  }

  private static long sections(RTCPeerConnection peer) {
    return peer.localDescription().sdp().lines().filter(line -> line.startsWith("m=")).count();
  }

  @Test
  void aRemoteOfferThatIsRolledBackTakesItsTransceiversAlong() {
    RTCRtpSender unused = a.addTrack(audio.track());
    call.result(b.setRemoteDescription(call.result(a.createOffer())));
    assertThat(b.getTransceivers()).hasSize(1);
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    call.result(b.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ROLLBACK, "")));
    assertThat(b.getTransceivers()).isEmpty();
    assertThat(track.muted()).isTrue();
  }

  @Test
  void codecPreferencesOrderTheOffer() {
    RTCRtpTransceiver transceiver = a.addTransceiver(MediaKind.AUDIO);
    List<RTCRtpCodec> known = RTCRtpReceiver.getCapabilities(MediaKind.AUDIO).codecs();
    RTCRtpCodec pcma = named("audio/PCMA", known);
    RTCRtpCodec lowerCase =
        new RTCRtpCodec("audio/pcmu", 8_000, 1, named("audio/PCMU", known).sdpFmtpLine());
    transceiver.setCodecPreferences(List.of(pcma, lowerCase, pcma));
    call.negotiated();
    assertThat(sentCodecs(transceiver)).containsExactly("audio/PCMA", "audio/PCMU");
    transceiver.setCodecPreferences(List.of());
    call.negotiated();
    assertThat(sentCodecs(transceiver))
        .containsExactly(
            "audio/opus",
            "audio/G722",
            "audio/PCMU",
            "audio/PCMA",
            "audio/telephone-event",
            "audio/telephone-event");
  }

  private static List<String> sentCodecs(RTCRtpTransceiver transceiver) {
    return transceiver.sender().getParameters().negotiated().codecs().stream()
        .map(parameters -> parameters.codec().mimeType())
        .toList();
  }

  private static RTCRtpCodec named(String mimeType, List<RTCRtpCodec> codecs) {
    return codecs.stream().filter(c -> c.mimeType().equals(mimeType)).findFirst().orElseThrow();
  }

  @Test
  void parametersSayWhatWasNegotiated() {
    RTCRtpTransceiver transceiver = a.addTransceiver(video.track(), init(SENDRECV));
    assertThat(transceiver.sender().getParameters().negotiated().codecs()).isEmpty();
    call.negotiated();
    RTCRtpParameters sent = transceiver.sender().getParameters().negotiated();
    RTCRtpParameters received = b.getReceivers().get(0).getParameters();
    assertThat(sent.codecs()).isNotEmpty();
    assertThat(sent.headerExtensions()).isNotEmpty();
    assertThat(sent.cname()).isNotEmpty().isEqualTo(received.cname());
    assertThat(received.codecs()).containsExactlyInAnyOrderElementsOf(sent.codecs());
  }

  @Test
  void oneTransportCarriesEverything() {
    RTCRtpSender first = a.addTrack(audio.track());
    RTCRtpSender second = a.addTrack(video.track());
    RTCDataChannel unused = a.createDataChannel("any");
    call.negotiated();
    assertThat(first.transport()).isSameAs(second.transport()).isSameAs(a.sctp().transport());
    assertThat(first.transport().state()).isEqualTo(RTCDtlsTransportState.CONNECTED);
    assertThat(a.getReceivers().get(1).transport()).isSameAs(first.transport());
  }

  @Test
  void whatIsNotActiveIsNotSent() {
    RTCRtpSender sender = a.addTrack(audio.track());
    List<EncodedFrame> unused = call.write(audio);
    call.negotiated();
    setActive(sender, false);
    call.pair.runMs(500);
    int received = call.receivedByB.size();
    assertThat(received).isPositive();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(received);
    setActive(sender, true);
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSizeGreaterThan(received);
  }

  private static void setActive(RTCRtpSender sender, boolean active) {
    RTCRtpSendParameters read = sender.getParameters();
    sender.setParameters(read.withEncodings(read.encodings().get(0).withActive(active)));
  }

  @Test
  void aReplacedTrackGoesOnInTheSameStream() {
    RTCRtpSender sender = a.addTrack(audio.track());
    List<EncodedFrame> unused = call.write(audio);
    call.negotiated();
    EncodedMediaSource other = EncodedMediaSource.audio();
    call.result(sender.replaceTrack(other.track()));
    call.pair.runMs(500);
    int received = call.receivedByB.size();
    List<EncodedFrame> written = call.write(other);
    call.pair.runMs(1_000);
    assertThat(call.receivedByB).hasSizeGreaterThan(received + 30);
    assertThat(call.receivedByB.get(call.receivedByB.size() - 1).data())
        .isIn(written.stream().map(EncodedFrame::data).toList());
    assertThat(call.tracksOfB).hasSize(1);
    call.result(sender.replaceTrack(null));
    call.pair.runMs(500);
    received = call.receivedByB.size();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(received);
  }

  @Test
  void capabilitiesHaveEveryCodecOnce() {
    for (MediaKind kind : MediaKind.values()) {
      RTCRtpCapabilities capabilities = RTCRtpSender.getCapabilities(kind);
      assertThat(capabilities).isEqualTo(RTCRtpReceiver.getCapabilities(kind));
      assertThat(capabilities.codecs()).doesNotHaveDuplicates().isNotEmpty();
      assertThat(capabilities.codecs()).allMatch(codec -> codec.mimeType().startsWith(kind + "/"));
      assertThat(capabilities.headerExtensions()).doesNotHaveDuplicates().isNotEmpty();
    }
  }
}
