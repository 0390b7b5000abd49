package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Two whole peers that did not agree on transport-wide feedback: the receiver sends REMB. */
class ReceiverEstimateTest {
  private static final long PATH = 600_000;

  private final MediaCall call =
      new MediaCall(SimNetwork.with(4).delayMs(20).rate(PATH).queueBytes(100_000));
  private final EncodedMediaSource camera = EncodedMediaSource.video();
  private ObedientEncoder encoder;

  private void negotiate(Predicate<String> offeredLine) {
    RTCRtpSender unused = call.a.addTrack(camera.track());
    encoder = new ObedientEncoder(call, camera, "camera");
    RTCSessionDescription offer = call.result(call.a.setLocalDescription());
    String changed =
        offer.sdp().lines().filter(offeredLine).reduce("", (all, line) -> all + line + "\r\n");
    call.result(call.b.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, changed)));
    RTCSessionDescription answer = call.result(call.b.setLocalDescription());
    call.result(call.a.setRemoteDescription(answer));
  }

  private static boolean isTransportFeedback(String line) {
    return line.contains("transport-cc") || line.contains("transport-wide-cc");
  }

  @Test
  void theSenderFollowsTheEstimateOfTheReceiver() {
    negotiate(line -> !isTransportFeedback(line));
    call.pair.runMs(20_000);
    assertThat(encoder.target).isBetween(250_000L, PATH);
    call.pair.network.rate(2 * PATH);
    call.pair.runMs(30_000);
    assertThat(encoder.target).isBetween(PATH, 2 * PATH);
  }

  @Test
  void withoutEitherTheSenderOverfillsThePath() {
    negotiate(line -> !isTransportFeedback(line) && !line.contains("goog-remb"));
    call.pair.runMs(20_000);
    assertThat(encoder.target).isGreaterThan(PATH);
  }
}
