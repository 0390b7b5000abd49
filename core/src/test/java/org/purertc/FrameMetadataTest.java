package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** What goes with frames besides their bytes, from one end to the other. */
class FrameMetadataTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(20).jitterMs(10));
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();
  private final SampleFrames sounds = new SampleFrames(1);
  private final SampleFrames pictures = new SampleFrames(2);
  private final List<EncodedFrame> written = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  private Instant now() {
    return Instant.ofEpochSecond(1_800_000_000L, call.pair.loop.nowNs());
  }

  private void write(EncodedMediaSource source, EncodedFrame frame) {
    written.add(frame);
    source.write(frame);
  }

  private EncodedFrame writtenAs(EncodedFrame frame) {
    return written.stream()
        .filter(each -> Arrays.equals(each.data(), frame.data()))
        .findFirst()
        .orElseThrow();
  }

  private void connect(EncodedMediaSource... sources) {
    MediaStream stream = new MediaStream();
    for (EncodedMediaSource source : sources) {
      RTCRtpSender unused = call.a.addTrack(source.track(), stream);
    }
    call.negotiated();
  }

  @Test
  void eachFrameOfAudioHasItsLevel() {
    connect(audio);
    for (int i = 0; i < 50; i++) {
      FrameMetadata level = FrameMetadata.NONE.withAudioLevel(i, i % 3 == 0);
      write(audio, sounds.opus().with(level));
      call.pair.runMs(20);
    }
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSizeGreaterThan(40);
    for (EncodedFrame frame : call.receivedByB) {
      FrameMetadata expected = writtenAs(frame).metadata();
      assertThat(frame.metadata().audioLevel()).isEqualTo(expected.audioLevel());
      assertThat(frame.metadata().voiceActivity()).isEqualTo(expected.voiceActivity());
    }
  }

  @Test
  void rotationAndPlayoutDelayArriveWithTheirFrame() {
    connect(video);
    int[] rotations = {0, 90, 270, 0, 180};
    for (int i = 0; i < 50; i++) {
      FrameMetadata turned =
          FrameMetadata.NONE.withRotation(rotations[i / 10]).withPlayoutDelayMs(i * 10, 2_000);
      write(video, pictures.vp8(i == 0).with(turned));
      call.pair.runMs(20);
    }
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(50);
    for (EncodedFrame frame : call.receivedByB) {
      FrameMetadata expected = writtenAs(frame).metadata();
      assertThat(frame.metadata().rotation()).isEqualTo(expected.rotation());
      assertThat(frame.metadata().minPlayoutDelayMs()).isEqualTo(expected.minPlayoutDelayMs());
      assertThat(frame.metadata().maxPlayoutDelayMs()).isEqualTo(2_000);
    }
  }

  /** How much later than it was a frame counts as captured, in ms. */
  private List<Double> captureErrors(MediaKind kind, Duration taken) {
    List<Double> errors = new ArrayList<>();
    for (EncodedFrame frame : call.receivedByB) {
      Instant captured = frame.metadata().captureTime();
      if (frame.kind() == kind && captured != null) {
        int index = written.indexOf(writtenAs(frame));
        Instant wasWritten = writtenAt.get(index);
        errors.add(Duration.between(wasWritten.minus(taken), captured).toNanos() / 1e6);
      }
    }
    return errors.subList(errors.size() - 50, errors.size());
  }

  private final List<Instant> writtenAt = new ArrayList<>();

  private void writeBoth(boolean saysCapture, Duration encodingTakes) {
    for (int i = 0; i < 500; i++) {
      writtenAt.add(now());
      EncodedFrame sound = sounds.opus();
      write(audio, saysCapture ? sound.with(FrameMetadata.NONE.withCaptureTime(now())) : sound);
      EncodedFrame picture = pictures.vp8(i == 0);
      Instant taken = now().minus(encodingTakes);
      writtenAt.add(now());
      write(video, saysCapture ? picture.with(FrameMetadata.NONE.withCaptureTime(taken)) : picture);
      call.pair.runMs(20);
    }
    call.pair.runMs(500);
  }

  @Test
  void soundAndPictureAreCapturedOnOneClockAsReportsSay() {
    connect(audio, video);
    writeBoth(false, Duration.ZERO);
    assertAligned(Duration.ZERO);
  }

  @Test
  void theTimeOfCaptureThatTheProgramGivesArrives() {
    connect(audio, video);
    writeBoth(true, Duration.ofMillis(300));
    assertAligned(Duration.ofMillis(300));
  }

  private void assertAligned(Duration taken) {
    List<Double> ofSound = captureErrors(MediaKind.AUDIO, Duration.ZERO);
    List<Double> ofPicture = captureErrors(MediaKind.VIDEO, taken);
    // Reports are 20 to 30 ms under way: so much later our clock shows the same.
    assertThat(ofSound).allSatisfy(error -> assertThat(error).isBetween(18.0, 32.0));
    assertThat(ofPicture).allSatisfy(error -> assertThat(error).isBetween(18.0, 32.0));
    double sound = ofSound.get(ofSound.size() - 1);
    double picture = ofPicture.get(ofPicture.size() - 1);
    assertThat(Math.abs(sound - picture)).as("%s and %s", sound, picture).isLessThan(1.0);
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    FrameMetadata none = FrameMetadata.NONE;
    assertThatIllegalArgumentException().isThrownBy(() -> none.withAudioLevel(128, true));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withRotation(45));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withRotation(360));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withPlayoutDelayMs(20, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withPlayoutDelayMs(-1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> none.withPlayoutDelayMs(0, 40_960));
    assertThat(none.withPlayoutDelayMs(0, 40_950).maxPlayoutDelayMs()).isEqualTo(40_950);
  }
}
