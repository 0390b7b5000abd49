package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.ice.sim.SimNetwork;

/**
 * Tracks that come, go and turn around on both sides while media flows, offers that meet among
 * them, in virtual time: both sides end in the same state, and what was agreed flows.
 */
class MediaRenegotiationTest {
  private static final long MS = 1_000_000;
  private static final int ROUND_MS = 4_000;
  private static final int LISTEN_MS = 1_500;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  static LongStream moreSeeds() {
    return LongStream.rangeClosed(41, 1_040);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothSidesAgreeAndMediaFlows(long seed) {
    play(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("moreSeeds")
  void bothSidesAgreeAndMediaFlowsInAThousandRounds(long seed) {
    play(seed);
  }

  private static void play(long seed) {
    PeerPair pair = new PeerPair(SimNetwork.with(seed).delayMs(5));
    MediaSide polite = new MediaSide("polite", pair.a, pair.loop, ~seed);
    MediaSide impolite = new MediaSide("impolite", pair.b, pair.loop, seed);
    polite.connectTo(impolite);
    Random random = new Random(seed);
    pair.loop.at(0, polite::act);
    for (MediaSide side : new MediaSide[] {polite, impolite}) {
      for (int actions = 2 + random.nextInt(8); actions > 0; actions--) {
        pair.loop.at(random.nextInt(ROUND_MS) * MS, side::act);
      }
    }
    pair.runMs(ROUND_MS);
    assertThat(pair.runUntil(() -> polite.isStable() && impolite.isStable(), 10))
        .as("seed %d: %s %s", seed, polite, impolite)
        .isTrue();
    pair.runMs(1_000);
    polite.listen();
    impolite.listen();
    pair.runMs(LISTEN_MS);
    assertAgreed(seed, polite, impolite);
    assertAgreed(seed, impolite, polite);
    polite.end();
    impolite.end();
    pair.runMs(2 * MediaFlow.FRAME_MS);
    pair.assertNothingLeft();
  }

  private static void assertAgreed(long seed, MediaSide from, MediaSide to) {
    String all = "seed %d:\n%s\n%s".formatted(seed, from, to);
    assertThat(from.failures).as(all).isEmpty();
    for (RTCRtpTransceiver sending : from.connection.getTransceivers()) {
      assertThat(sending.mid()).as(all).isNotNull();
      RTCRtpTransceiver receiving = to.byMid(sending.mid());
      assertThat(receiving).as(all).isNotNull();
      RTCRtpTransceiverDirection here = sending.currentDirection();
      RTCRtpTransceiverDirection there = receiving.currentDirection();
      assertThat(here).as(all).isNotNull();
      assertThat(there).as(all).isNotNull();
      boolean sends = here.sends();
      assertThat(there.receives()).as("%s\nmid %s", all, sending.mid()).isEqualTo(sends);
      int frames = to.heard.getOrDefault(receiving.receiver().track(), 0);
      int least = sends && sending.sender().track() != null ? LISTEN_MS / 40 : 0;
      assertThat(frames).as("%s\nmid %s", all, sending.mid()).isGreaterThanOrEqualTo(least);
      if (least == 0) {
        assertThat(frames).as("%s\nmid %s", all, sending.mid()).isZero();
      }
    }
  }
}
