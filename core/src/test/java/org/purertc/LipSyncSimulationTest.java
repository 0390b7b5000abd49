package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Sound and picture of one stream between two whole peers, in virtual time. */
class LipSyncSimulationTest {

  private static OneWayCall run(Duration audioTarget, Duration videoTarget) {
    PeerPair pair = new PeerPair(SimNetwork.with(1).delayMs(20).jitterMs(10));
    OneWayCall call = new OneWayCall(pair);
    call.sendTogether();
    pair.negotiate();
    assertThat(pair.runUntil(() -> pair.b.media().getReceivers().size() == 2, 5)).isTrue();
    for (RTCRtpReceiver receiver : pair.b.media().getReceivers()) {
      boolean isAudio = receiver.track().kind() == MediaKind.AUDIO;
      receiver.jitterBufferTarget(isAudio ? audioTarget : videoTarget);
    }
    pair.runMs(40_000);
    return call;
  }

  @Test
  void soundWaitsForAPictureThatTheProgramHasDelayed() {
    OneWayCall call = run(null, Duration.ofMillis(400));
    assertThat(call.video.recentDelayMs()).isBetween(400L, 460L);
    assertThat(call.audio.recentDelayMs())
        .isBetween(call.video.recentDelayMs() - 60, call.video.recentDelayMs() + 60);
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void aPictureWaitsForSoundThatTheProgramHasDelayedMore() {
    OneWayCall call = run(Duration.ofMillis(500), Duration.ofMillis(100));
    assertThat(call.audio.recentDelayMs()).isBetween(500L, 560L);
    assertThat(call.video.recentDelayMs())
        .isBetween(call.audio.recentDelayMs() - 60, call.audio.recentDelayMs() + 60);
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void aPictureThatIsDeliveredAtOnceDoesNotWaitForSound() {
    OneWayCall call = run(Duration.ofMillis(500), null);
    assertThat(call.video.recentDelayMs()).isLessThan(40);
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void soundThatIsDeliveredAtOnceDoesNotWaitForThePicture() {
    OneWayCall call = run(Duration.ZERO, Duration.ofMillis(400));
    assertThat(call.audio.recentDelayMs()).isLessThan(40);
    call.end();
    call.pair.assertNothingLeft();
  }
}
