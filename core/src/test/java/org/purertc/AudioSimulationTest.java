package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** What the jitter buffer does to audio between two whole peers, in virtual time. */
class AudioSimulationTest {
  private static final long MS = 1_000_000;
  private static final int RUN_MS = 10_000;

  private static OneWayCall run(SimNetwork network, Duration target) {
    PeerPair pair = new PeerPair(network);
    OneWayCall call = new OneWayCall(pair);
    call.sendAudio();
    pair.negotiate();
    pair.runMs(1);
    assertThat(pair.runUntil(() -> !pair.b.media().getReceivers().isEmpty(), 5)).isTrue();
    receiver(pair).jitterBufferTarget(target);
    pair.runMs(RUN_MS);
    return call;
  }

  private static RTCRtpReceiver receiver(PeerPair pair) {
    return pair.b.media().getReceivers().get(0);
  }

  /** How long each frame was under way, for the frames of the second half. */
  private static List<Long> delaysMs(OneWayCall call) {
    List<Long> delays = new ArrayList<>();
    List<EncodedFrame> received = call.audio.received;
    for (int i = received.size() / 2; i < received.size(); i++) {
      EncodedFrame written = call.audio.writtenAs(received.get(i));
      delays.add(call.audio.receivedAtNs.get(i) / MS - written.timestampUs() / 1_000);
    }
    return delays;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void framesAndGapsTogetherAreWhatWasSent(long seed) {
    SimNetwork network =
        SimNetwork.with(seed)
            .delayMs(20)
            .jitterMs(30)
            .lossPercent(3)
            .reorderPercent(2)
            .duplicatePercent(2);
    OneWayCall call = run(network, null);
    call.audio.assertReceivedInOrder("seed " + seed);
    assertThat(call.audio.gaps).as("seed %d", seed).isNotEmpty();
    long heardUs = call.audio.received.stream().mapToLong(EncodedFrame::durationUs).sum();
    EncodedFrame last = call.audio.received.get(call.audio.received.size() - 1);
    long missingUs =
        call.audio.gaps.stream()
            .filter(gap -> gap.timestampUs() < last.timestampUs())
            .mapToLong(FrameGap::durationUs)
            .sum();
    assertThat(heardUs + missingUs)
        .as("seed %d: all of the time is heard or told as missing", seed)
        .isEqualTo(
            last.timestampUs() + last.durationUs() - call.audio.received.get(0).timestampUs());
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void aGapNamesTheFrameBehindItForErrorCorrection() {
    OneWayCall call = run(SimNetwork.with(7).delayMs(20).lossPercent(2), null);
    assertThat(call.audio.gaps).isNotEmpty();
    for (FrameGap gap : call.audio.gaps) {
      EncodedFrame next = gap.next();
      if (next != null) {
        assertThat(call.audio.received).contains(next);
        assertThat(next.timestampUs()).isEqualTo(gap.timestampUs() + gap.durationUs());
      }
    }
    assertThat(call.audio.gaps).anyMatch(gap -> gap.next() != null);
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void byDefaultAudioComesAtAnEvenPaceOverJitter() {
    OneWayCall call = run(SimNetwork.with(8).delayMs(20).jitterMs(40), null);
    List<Long> gaps = new ArrayList<>();
    List<Long> at = call.audio.receivedAtNs;
    for (int i = at.size() / 2; i < at.size(); i++) {
      gaps.add((at.get(i) - at.get(i - 1)) / MS);
    }
    assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(17L, 23L));
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void withATargetOfZeroAudioIsNotHeldBack() {
    OneWayCall call = run(SimNetwork.with(9).delayMs(20), Duration.ZERO);
    assertThat(delaysMs(call)).allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(22));
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void aTargetIsTheLeastDelay() {
    OneWayCall call = run(SimNetwork.with(10).delayMs(20), Duration.ofMillis(300));
    assertThat(delaysMs(call)).allSatisfy(delay -> assertThat(delay).isBetween(300L, 345L));
    call.end();
    call.pair.assertNothingLeft();
  }

  @Test
  void aTrackThatIsSentOnIsNotHeldBackUntilItIsSentOnNoMore() {
    PeerPair pair = new PeerPair(SimNetwork.with(11).delayMs(20));
    OneWayCall call = new OneWayCall(pair);
    call.sendAudio();
    pair.negotiate();
    assertThat(pair.runUntil(() -> call.audio.received.size() > 50, 10)).isTrue();
    MediaStreamTrack track = receiver(pair).track();
    RTCRtpSender sender = pair.b.media().addTrack(track, List.of());
    pair.runMs(5_000);
    assertThat(delaysMs(call).get(delaysMs(call).size() - 1)).isLessThanOrEqualTo(22);
    CompletableFuture<Void> unused = sender.replaceTrack(null);
    pair.runMs(5_000);
    assertThat(delaysMs(call).get(delaysMs(call).size() - 1)).isGreaterThanOrEqualTo(40);
    call.audio.assertReceivedInOrder("seed 11");
    call.end();
    pair.assertNothingLeft();
  }

  @Test
  void statisticsTellWhatTheBufferDid() {
    OneWayCall call = run(SimNetwork.with(12).delayMs(20).jitterMs(20).lossPercent(4), null);
    Map<String, Object> inbound = inbound(call.pair);
    long missing = call.audio.gaps.stream().mapToLong(gap -> gap.durationUs() * 48 / 1_000).sum();
    long heard = call.audio.received.size() * 960L;
    assertThat((Long) inbound.get("concealedSamples")).isGreaterThanOrEqualTo(missing);
    assertThat(inbound.get("jitterBufferEmittedCount")).isEqualTo(heard);
    assertThat(inbound.get("totalSamplesReceived"))
        .isEqualTo(heard + (Long) inbound.get("concealedSamples"));
    assertThat((Long) inbound.get("concealmentEvents")).isPositive();
    double delay = (Double) inbound.get("jitterBufferDelay") / heard;
    double target = (Double) inbound.get("jitterBufferTargetDelay") / heard;
    double minimum = (Double) inbound.get("jitterBufferMinimumDelay") / heard;
    assertThat(delay).isBetween(0.01, 0.15);
    assertThat(target).isBetween(minimum, 0.15);
    assertThat(minimum).isGreaterThan(0.01);
    call.end();
    call.pair.assertNothingLeft();
  }

  private static Map<String, Object> inbound(PeerPair pair) {
    RTCStatsReport report = pair.now(receiver(pair).getStats());
    return report.ofType("inbound-rtp").get(0).values();
  }
}
