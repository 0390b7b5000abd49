package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.RTCRtpTransceiverDirection.RECVONLY;
import static org.purertc.RTCRtpTransceiverDirection.SENDRECV;
import static org.purertc.RTCRtpTransceiverDirection.STOPPED;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** The errors that the media API documents, by their W3C names. */
class MediaErrorsTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final RTCPeerConnection a = call.a;
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  private static void assertThrows(String name, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(RTCException.class, e -> assertThat(e.name()).isEqualTo(name));
  }

  private void assertFails(String name, CompletableFuture<?> operation) {
    call.pair.runMs(0);
    assertThat(operation).isCompletedExceptionally();
    assertThatThrownBy(operation::join)
        .cause()
        .isInstanceOfSatisfying(RTCException.class, e -> assertThat(e.name()).isEqualTo(name));
  }

  @Test
  void aTrackIsAddedOnce() {
    RTCRtpSender unused = a.addTrack(audio.track());
    assertThrows("InvalidAccessError", () -> a.addTrack(audio.track()));
  }

  @Test
  void aSenderOfAnotherConnectionIsNotRemoved() {
    RTCRtpSender sender = call.b.addTrack(audio.track());
    assertThrows("InvalidAccessError", () -> a.removeTrack(sender));
  }

  @Test
  void aSenderWhoseTransceiverIsGoneIsRemovedWithoutAnError() {
    RTCRtpTransceiver transceiver = a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    call.negotiated();
    transceiver.stop();
    call.negotiated();
    assertThat(a.getTransceivers()).isEmpty();
    a.removeTrack(transceiver.sender());
    assertThat(transceiver.sender().track()).isSameAs(audio.track());
  }

  @Test
  void aTransceiverDoesNotBeginStopped() {
    assertThrows(
        "TypeError", () -> a.addTransceiver(MediaKind.AUDIO, RTCRtpTransceiverInit.of(STOPPED)));
  }

  @Test
  void aNewTransceiversEncodingIsChecked() {
    assertThrows("RangeError", () -> addWith(new RTCRtpEncodingParameters(null, true, 0L, null)));
    assertThrows("TypeError", () -> addWith(new RTCRtpEncodingParameters("a b", true, null, null)));
    assertThat(a.getTransceivers()).isEmpty();
  }

  private RTCRtpTransceiver addWith(RTCRtpEncodingParameters encoding) {
    return a.addTransceiver(
        MediaKind.VIDEO, new RTCRtpTransceiverInit(SENDRECV, List.of(), List.of(encoding)));
  }

  @Test
  void aLoneEncodingHasNoRid() {
    RTCRtpTransceiver transceiver = addWith(new RTCRtpEncodingParameters("only", true, null, null));
    assertThat(transceiver.sender().getParameters().encodings().get(0).rid()).isNull();
  }

  @Test
  void stoppedIsNoDirectionToWish() {
    RTCRtpTransceiver transceiver = a.addTransceiver(MediaKind.AUDIO);
    assertThrows("TypeError", () -> transceiver.direction(STOPPED));
  }

  @Test
  void aStoppedTransceiverTakesNoDirection() {
    RTCRtpTransceiver transceiver = a.addTransceiver(MediaKind.AUDIO);
    transceiver.stop();
    transceiver.stop();
    assertThrows("InvalidStateError", () -> transceiver.direction(RECVONLY));
    assertThrows("InvalidStateError", () -> transceiver.direction(STOPPED));
  }

  @Test
  void aStoppedTransceiverTakesNoTrackAndNoParameters() {
    RTCRtpTransceiver transceiver = a.addTransceiver(MediaKind.AUDIO);
    RTCRtpSendParameters parameters = transceiver.sender().getParameters();
    transceiver.stop();
    assertFails("InvalidStateError", transceiver.sender().replaceTrack(audio.track()));
    assertThrows("InvalidStateError", () -> transceiver.sender().setParameters(parameters));
  }

  @Test
  void aSenderTakesTracksOfItsKindOnly() {
    RTCRtpSender sender = a.addTransceiver(MediaKind.AUDIO).sender();
    assertFails("TypeError", sender.replaceTrack(video.track()));
    assertThat(sender.track()).isNull();
  }

  @Test
  void parametersAreReadBeforeTheyAreSet() {
    RTCRtpSender sender = a.addTransceiver(MediaKind.VIDEO).sender();
    RTCRtpSendParameters parameters = sender.getParameters();
    sender.setParameters(parameters);
    assertThrows("InvalidStateError", () -> sender.setParameters(parameters));
  }

  @Test
  void anOlderReadingIsNotSet() {
    RTCRtpSender sender = a.addTransceiver(MediaKind.VIDEO).sender();
    RTCRtpSendParameters older = sender.getParameters();
    RTCRtpSendParameters newer = sender.getParameters();
    assertThrows("InvalidModificationError", () -> sender.setParameters(older));
    sender.setParameters(newer); // an attempt that failed does not use it up
  }

  @Test
  void onlyEncodingsAreChanged() {
    RTCRtpSender sender = a.addTransceiver(MediaKind.VIDEO).sender();
    RTCRtpSendParameters read = sender.getParameters();
    RTCRtpEncodingParameters encoding = read.encodings().get(0);
    assertThrows("InvalidModificationError", () -> sender.setParameters(read.withEncodings()));
    assertThrows(
        "InvalidModificationError",
        () -> sender.setParameters(read.withEncodings(encoding, encoding)));
    assertThrows(
        "InvalidModificationError",
        () ->
            sender.setParameters(
                read.withEncodings(new RTCRtpEncodingParameters("a", true, null, null))));
    RTCRtpParameters other = new RTCRtpParameters(List.of(), List.of(), "other", true);
    assertThrows(
        "InvalidModificationError",
        () ->
            sender.setParameters(
                new RTCRtpSendParameters(read.transactionId(), read.encodings(), other)));
    assertThrows(
        "RangeError", () -> sender.setParameters(read.withEncodings(encoding.withMaxBitrate(0L))));
  }

  @Test
  void codecPreferencesAreCapabilities() {
    RTCRtpTransceiver transceiver = a.addTransceiver(MediaKind.VIDEO);
    assertThrows(
        "InvalidModificationError",
        () ->
            transceiver.setCodecPreferences(
                List.of(new RTCRtpCodec("video/theora", 90_000, 1, ""))));
    List<RTCRtpCodec> retransmission =
        RTCRtpReceiver.getCapabilities(MediaKind.VIDEO).codecs().stream()
            .filter(codec -> codec.mimeType().equals("video/rtx"))
            .toList();
    assertThat(retransmission).hasSize(1);
    assertThrows("InvalidModificationError", () -> transceiver.setCodecPreferences(retransmission));
    assertThrows(
        "InvalidModificationError",
        () ->
            transceiver.setCodecPreferences(
                RTCRtpReceiver.getCapabilities(MediaKind.AUDIO).codecs()));
  }

  @Test
  void theJitterBufferHoldsFourSecondsAtMost() {
    RTCRtpReceiver receiver = a.addTransceiver(MediaKind.AUDIO).receiver();
    assertThrows("RangeError", () -> receiver.jitterBufferTarget(Duration.ofMillis(4_001)));
    assertThrows("RangeError", () -> receiver.jitterBufferTarget(Duration.ofMillis(-1)));
    receiver.jitterBufferTarget(Duration.ofSeconds(4));
    assertThat(receiver.jitterBufferTarget()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void statisticsOfATrackNeedExactlyOneThatHasIt() {
    assertFails("InvalidAccessError", a.getStats(audio.track()));
    RTCRtpSender first = a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT).sender();
    assertThat(call.result(a.getStats(audio.track())).values()).isEmpty();
    RTCRtpTransceiver second = a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    assertFails("InvalidAccessError", a.getStats(audio.track()));
    second.stop();
    call.negotiated();
    assertThat(call.result(a.getStats(audio.track())).ofType("outbound-rtp")).hasSize(1);
    assertThat(first.track()).isSameAs(audio.track());
  }

  @Test
  void aSourceTakesFramesOfItsKindUntilItEnds() {
    SampleFrames frames = new SampleFrames(1);
    assertThatIllegalArgumentException().isThrownBy(() -> audio.write(frames.vp8(true)));
    audio.write(frames.opus());
    audio.close();
    assertThrows("InvalidStateError", () -> audio.write(frames.opus()));
    video.track().stop();
    assertThrows("InvalidStateError", () -> video.write(frames.vp8(true)));
  }

  @Test
  void aClosedConnectionRefusesEverythingThatChangesIt() {
    RTCRtpTransceiver transceiver = a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    RTCRtpSender sender = transceiver.sender();
    RTCRtpSendParameters parameters = sender.getParameters();
    a.close();
    assertThrows("InvalidStateError", () -> a.addTrack(video.track()));
    assertThrows("InvalidStateError", () -> a.removeTrack(sender));
    assertThrows("InvalidStateError", () -> a.addTransceiver(MediaKind.AUDIO));
    assertThrows(
        "InvalidStateError", () -> a.addTransceiver(video.track(), RTCRtpTransceiverInit.DEFAULT));
    assertThrows("InvalidStateError", transceiver::stop);
    assertThrows("InvalidStateError", () -> transceiver.direction(RECVONLY));
    assertThrows("InvalidStateError", () -> sender.setStreams(new MediaStream()));
    assertThrows("InvalidStateError", () -> sender.setParameters(parameters));
    assertThrows("InvalidStateError", () -> sender.dtmf().insertDTMF("1"));
    assertFails("InvalidStateError", sender.replaceTrack(null));
    assertFails("InvalidStateError", a.getStats());
    assertFails("InvalidStateError", sender.getStats());
    assertFails("InvalidStateError", transceiver.receiver().getStats());
  }

  @Test
  void aClosedConnectionsTransceiversAreStopped() {
    RTCRtpTransceiver transceiver = a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    call.negotiated();
    a.close();
    assertThat(transceiver.direction()).isEqualTo(STOPPED);
    assertThat(transceiver.currentDirection()).isEqualTo(STOPPED);
    assertThat(transceiver.sender().dtmf().canInsertDTMF()).isFalse();
    assertThat(transceiver.receiver().track().readyState()).isEqualTo(MediaStreamTrackState.ENDED);
    assertThat(audio.track().readyState()).isEqualTo(MediaStreamTrackState.LIVE);
    audio.write(new SampleFrames(1).opus()); // it may be sent elsewhere
  }
}
