package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** What a connection asks of a program that encodes. */
class EncodedMediaSourceTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final EncodedMediaSource video = EncodedMediaSource.video();
  private final List<RTCRtpCodec> codecs = new ArrayList<>();
  private final List<Long> targets = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  @Test
  void theNegotiatedCodecIsToldOnceAndToWhoComesLate() {
    video.onCodec(codecs::add);
    RTCRtpTransceiver transceiver =
        call.a.addTransceiver(video.track(), RTCRtpTransceiverInit.DEFAULT);
    assertThat(codecs).isEmpty();
    call.negotiated();
    assertThat(codecs).hasSize(1);
    assertThat(codecs.get(0))
        .isEqualTo(transceiver.sender().getParameters().negotiated().codecs().get(0).codec());
    call.negotiated();
    assertThat(codecs).hasSize(1);
    video.onCodec(codecs::add);
    assertThat(codecs).hasSize(2);
  }

  @Test
  void anotherPreferenceBringsAnotherCodec() {
    video.onCodec(codecs::add);
    RTCRtpTransceiver transceiver =
        call.a.addTransceiver(video.track(), RTCRtpTransceiverInit.DEFAULT);
    call.negotiated();
    List<RTCRtpCodec> known = RTCRtpSender.getCapabilities(MediaKind.VIDEO).codecs();
    transceiver.setCodecPreferences(
        known.stream().filter(codec -> codec.mimeType().equals("video/VP9")).toList());
    call.negotiated();
    assertThat(codecs).extracting(RTCRtpCodec::mimeType).containsExactly("video/VP8", "video/VP9");
  }

  @Test
  void theTargetFollowsThePathAndItsLimits() {
    video.onTargetBitrate(targets::add);
    RTCRtpSender sender = call.a.addTrack(video.track());
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    assertThat(targets).isNotEmpty().allMatch(target -> target > 0);
    RTCRtpSendParameters read = sender.getParameters();
    sender.setParameters(read.withEncodings(read.encodings().get(0).withMaxBitrate(50_000L)));
    call.pair.runMs(2_000);
    assertThat(targets.get(targets.size() - 1)).isLessThanOrEqualTo(50_000);
    assertThat(written).isNotEmpty();
  }

  @Test
  void whoComesLateHearsTheTargetAtOnce() {
    RTCRtpSender sender = call.a.addTrack(video.track());
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    video.onTargetBitrate(targets::add);
    assertThat(targets).hasSize(1);
    EncodedMediaSource other = EncodedMediaSource.video();
    List<Long> ofOther = new ArrayList<>();
    other.onTargetBitrate(ofOther::add);
    other.onCodec(codecs::add);
    call.result(sender.replaceTrack(other.track()));
    assertThat(ofOther).isEqualTo(targets);
    assertThat(codecs).hasSize(1);
    assertThat(written).isNotEmpty();
  }

  @Test
  void theSlowestOfItsSendersSetsTheTarget() {
    RTCRtpSender first = call.a.addTrack(video.track());
    RTCRtpSender second =
        call.a.addTransceiver(video.track(), RTCRtpTransceiverInit.DEFAULT).sender();
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    RTCRtpSendParameters read = second.getParameters();
    second.setParameters(read.withEncodings(read.encodings().get(0).withMaxBitrate(30_000L)));
    call.pair.runMs(2_000);
    video.onTargetBitrate(targets::add);
    assertThat(targets.get(0)).isLessThanOrEqualTo(30_000);
    call.result(second.replaceTrack(null));
    assertThat(targets.get(targets.size() - 1)).isGreaterThan(30_000);
    assertThat(first.track()).isSameAs(video.track());
    assertThat(written).isNotEmpty();
  }

  @Test
  void aReceiverThatBeginsToLookGetsAKeyFrame() {
    RTCRtpSender unused = call.a.addTrack(video.track());
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    long before = keyFrames(written);
    call.tracksOfB.get(0).track().requestKeyFrame();
    call.pair.runMs(500);
    assertThat(keyFrames(written)).isEqualTo(before + 1);
  }

  private static long keyFrames(List<EncodedFrame> frames) {
    return frames.stream().filter(EncodedFrame::keyFrame).count();
  }

  @Test
  void aFrameInACodecThatWasNotNegotiatedIsPassedOver() {
    RTCRtpSender unused = call.a.addTrack(video.track());
    call.negotiated();
    video.write(EncodedFrame.video("video/unheard-of", new byte[100], 0, true));
    video.write(EncodedFrame.video("video/AV1", new byte[] {0}, 0, true));
    call.pair.runMs(100);
    assertThat(call.receivedByB).isEmpty();
    List<EncodedFrame> written = call.write(video);
    call.pair.runMs(500);
    assertThat(call.receivedByB).isNotEmpty();
    assertThat(written).isNotEmpty();
  }

  @Test
  void closingASourceEndsItsTrackOnThisSideOnly() {
    List<String> ended = new ArrayList<>();
    RTCRtpSender sender = call.a.addTrack(video.track());
    call.negotiated();
    video.track().onEnded(track -> ended.add("here"));
    call.tracksOfB.get(0).track().onEnded(track -> ended.add("there"));
    video.close();
    video.close();
    call.pair.runMs(500);
    assertThat(ended).containsExactly("here");
    assertThat(sender.track()).isSameAs(video.track());
  }
}
