package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Which operations on tracks need a negotiation, W3C WebRTC section 4.7.3. */
class MediaNegotiationNeededTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private int needed;

  @BeforeEach
  void listen() {
    call.a.onNegotiationNeeded(() -> needed++);
  }

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  private void connect() {
    call.negotiated();
    needed = 0;
  }

  private int needed() {
    call.pair.runMs(1);
    return needed;
  }

  @Test
  void addTrackNeedsOne() {
    RTCRtpSender unused = call.a.addTrack(audio.track());
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void severalTracksNeedOne() {
    RTCRtpSender first = call.a.addTrack(audio.track());
    RTCRtpSender second = call.a.addTrack(EncodedMediaSource.video().track());
    assertThat(first).isNotSameAs(second);
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void addTransceiverNeedsOne() {
    RTCRtpTransceiver unused = call.a.addTransceiver(MediaKind.VIDEO);
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void nothingIsNeededAfterTheNegotiation() {
    RTCRtpSender unused = call.a.addTrack(audio.track(), new MediaStream());
    connect();
    assertThat(needed()).isZero();
  }

  @Test
  void removeTrackNeedsOneAndAddTrackTakesItBack() {
    RTCRtpSender sender = call.a.addTrack(audio.track());
    connect();
    call.a.removeTrack(sender);
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void removingWhatIsNotSentNeedsNone() {
    RTCRtpSender sender = call.a.addTransceiver(MediaKind.AUDIO).sender();
    connect();
    call.a.removeTrack(sender);
    assertThat(needed()).isZero();
  }

  @Test
  void aNewDirectionNeedsOne() {
    RTCRtpTransceiver transceiver = call.a.addTransceiver(MediaKind.AUDIO);
    connect();
    transceiver.direction(RTCRtpTransceiverDirection.INACTIVE);
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void theSameDirectionNeedsNone() {
    RTCRtpTransceiver transceiver = call.a.addTransceiver(MediaKind.AUDIO);
    connect();
    transceiver.direction(RTCRtpTransceiverDirection.SENDRECV);
    assertThat(needed()).isZero();
  }

  @Test
  void replaceTrackNeedsNone() {
    RTCRtpSender sender = call.a.addTrack(audio.track());
    connect();
    call.result(sender.replaceTrack(EncodedMediaSource.audio().track()));
    assertThat(needed()).isZero();
    call.result(sender.replaceTrack(null));
    assertThat(needed()).isZero();
  }

  @Test
  void setStreamsNeedsOneWhenTheyAreOthers() {
    MediaStream stream = new MediaStream();
    RTCRtpSender sender = call.a.addTrack(audio.track(), stream);
    connect();
    sender.setStreams(stream);
    assertThat(needed()).isZero();
    sender.setStreams(stream, new MediaStream());
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void stopNeedsOne() {
    RTCRtpTransceiver transceiver = call.a.addTransceiver(MediaKind.AUDIO);
    connect();
    transceiver.stop();
    assertThat(needed()).isEqualTo(1);
  }

  @Test
  void stoppingWhatWasNeverNegotiatedNeedsNone() {
    connectData();
    RTCRtpTransceiver transceiver = call.a.addTransceiver(MediaKind.AUDIO);
    transceiver.stop();
    call.result(call.a.setLocalDescription());
    assertThat(call.a.localDescription().sdp()).doesNotContain("m=audio");
  }

  private void connectData() {
    RTCDataChannel unused = call.a.createDataChannel("any");
    connect();
  }

  @Test
  void parametersAndCodecPreferencesNeedNone() {
    RTCRtpTransceiver transceiver = call.a.addTransceiver(MediaKind.VIDEO);
    connect();
    RTCRtpSendParameters parameters = transceiver.sender().getParameters();
    transceiver
        .sender()
        .setParameters(parameters.withEncodings(parameters.encodings().get(0).withActive(false)));
    transceiver.setCodecPreferences(RTCRtpReceiver.getCapabilities(MediaKind.VIDEO).codecs());
    assertThat(needed()).isZero();
  }

  @Test
  void aTrackThatTheAnswererAddsNeedsOneMoreNegotiationThere() {
    RTCRtpTransceiver transceiver =
        call.a.addTransceiver(
            MediaKind.AUDIO, RTCRtpTransceiverInit.of(RTCRtpTransceiverDirection.RECVONLY));
    call.negotiated();
    int[] neededByB = {0};
    call.b.onNegotiationNeeded(() -> neededByB[0]++);
    RTCRtpSender unused = call.b.addTrack(audio.track());
    call.pair.runMs(1);
    assertThat(neededByB[0]).isEqualTo(1);
    call.negotiatedByB();
    assertThat(transceiver.currentDirection()).isEqualTo(RTCRtpTransceiverDirection.RECVONLY);
    assertThat(call.tracksOfA).hasSize(1);
  }
}
