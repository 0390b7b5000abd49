package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSimulationTest {
  private static final int FRAME_MS = 33;

  /** Video of about 1 Mbit/s that begins just before its numbers wrap; then quiet. */
  private static StreamPair run(StreamPair pair, int frames) {
    for (int i = 0; i < frames; i++) {
      pair.sendFrame(4_000, i * 3_000L);
      pair.runFor(FRAME_MS);
    }
    // A gap shows only when something follows it.
    for (int i = 0; i < 20; i++) {
      pair.sendFrame(10, (frames + i) * 3_000L);
      pair.runFor(100);
    }
    pair.runFor(3_000);
    return pair;
  }

  private static StreamPair pair(SendParameters parameters, long seed) {
    return new StreamPair(parameters, 0xffff_ff00, seed);
  }

  private static Set<Long> lost(StreamPair pair) {
    long first = pair.received.sequences.stream().mapToLong(s -> s).min().orElseThrow();
    long last = pair.received.sequences.stream().mapToLong(s -> s).max().orElseThrow();
    Set<Long> lost = new HashSet<>();
    for (long sequence = first; sequence <= last; sequence++) {
      if (!pair.received.payloads.containsKey(sequence)) {
        lost.add(sequence);
      }
    }
    return lost;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recoversAllButOneInAThousandFromFivePercentLossAt50Ms(long seed) {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), seed).delayMs(25).lossPercent(5);
    assertRecovered(run(pair, 1_500), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recoversAllButOneInAThousandFromFivePercentLossAt100Ms(long seed) {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), seed).delayMs(50).lossPercent(5);
    assertRecovered(run(pair, 1_500), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recoversWithoutRtx(long seed) {
    StreamPair pair = pair(SendEnd.withoutRtx(), seed).delayMs(25).lossPercent(5);
    assertRecovered(run(pair, 1_500), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesEachPacketOnceOverABadNetwork(long seed) {
    StreamPair pair =
        pair(SendEnd.video(SendEnd.IDS), seed)
            .delayMs(25)
            .lossPercent(5)
            .reorderPercent(20)
            .duplicatePercent(5);
    assertRecovered(run(pair, 800), seed);
  }

  private static void assertRecovered(StreamPair pair, long seed) {
    int packets = pair.received.sequences.size();
    assertThat(lost(pair).size()).as("seed %d", seed).isLessThan(packets / 1_000 + 1);
    assertThat(pair.received.duplicates).as("seed %d", seed).isZero();
    assertThat(pair.received.restarts).as("seed %d", seed).isZero();
    assertThat(pair.sending.statistics().retransmittedPackets()).isGreaterThan(packets / 40);
    assertThat(pair.sending.roundTripNs()).isPositive();
  }

  @Test
  void asksAgainOnlyAfterARoundTrip() {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), 1).delayMs(25).lossPercent(5);
    run(pair, 1_500);
    ReceiveStatistics statistics = pair.stream().statistics();
    // Each loss costs 1 / (1 - 5 %)² requests; few are in vain.
    assertThat(pair.sending.statistics().retransmittedPackets())
        .isLessThan(statistics.packetsLost() * 5 / 4);
    assertThat(statistics.packetsLost()).isGreaterThan(200);
  }

  @Test
  void aPathThatOnlyReordersIsSoonNotAskedInVain() {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), 1).delayMs(25).reorderPercent(10);
    run(pair, 600);
    long inVain = pair.sending.statistics().retransmittedPackets();
    assertThat(lost(pair)).isEmpty();
    assertThat(inVain).isLessThan(pair.received.sequences.size() / 50);
  }

  @Test
  void unwrapsNumbersAndTimestampsWithoutASeam() {
    StreamPair pair = run(pair(SendEnd.video(SendEnd.IDS), 1), 600);
    long[] sequences = pair.received.sequences.stream().mapToLong(s -> s).toArray();
    long[] sorted = sequences.clone();
    Arrays.sort(sorted);
    assertThat(sequences).isEqualTo(sorted);
    assertThat(sequences[sequences.length - 1] - sequences[0]).isEqualTo(sequences.length - 1);
    assertThat(pair.received.timestamps).isSorted();
    long first = pair.received.timestamps.get(0);
    long last = pair.received.timestamps.get(sequences.length - 1);
    assertThat(last - first).isEqualTo(619 * 3_000L);
  }

  @Test
  void eachLayerOfRtcpAgreesOnWhatWasLost() {
    StreamPair pair = run(pair(SendEnd.video(SendEnd.IDS), 2).delayMs(25).lossPercent(5), 900);
    RemoteReceptionStatistics remote = pair.sending.remoteStatistics();
    ReceiveStatistics local = pair.stream().statistics();
    assertThat(remote.packetsLost()).isBetween(local.packetsLost() - 3, local.packetsLost());
    assertThat(remote.reports()).isGreaterThan(15);
    assertThat(pair.sending.roundTripNs()).isBetween(SendEnd.ms(49), SendEnd.ms(51));
    RemoteSendStatistics sent = pair.stream().remoteStatistics();
    assertThat(sent.packets()).isGreaterThan(900);
    assertThat(sent.reports()).isGreaterThan(15);
  }

  @Test
  void theSendersClockTellsWhenAFrameWasCaptured() {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), 3);
    for (int i = 0; i < 100; i++) {
      pair.sendFrame(100, i * 3_000L);
      pair.runFor(FRAME_MS);
    }
    long capturedNs = 50L * SendEnd.ms(FRAME_MS);
    long ntp = pair.stream().senderClock().ntpAt(pair.received.timestamps.get(50), 90_000);
    // 3,000 units are 33.3 ms, not 33: the newest report's drift.
    assertThat(Math.abs(NtpClock.betweenNs(SendEnd.CLOCK.at(capturedNs), ntp)))
        .isLessThan(SendEnd.ms(20));
  }

  @Test
  void aKeyFrameIsAskedForWhenTooMuchIsLost() {
    StreamPair pair = pair(SendEnd.video(SendEnd.IDS), 4);
    run(pair, 10);
    int[] count = {0};
    pair.dropping(bytes -> ++count[0] < 1_500);
    for (int i = 0; i < 500; i++) {
      pair.sendFrame(4_000, 100_000 + i * 3_000L);
      pair.runFor(FRAME_MS);
    }
    assertThat(pair.keyFrameRequests).isPositive();
    pair.stream().onKeyFrame();
    pair.runFor(1_000);
    int asked = pair.keyFrameRequests;
    pair.runFor(5_000);
    assertThat(pair.keyFrameRequests).isEqualTo(asked);
  }

  @Test
  @Tag("long")
  void recoversOverManySeeds() {
    for (long seed = 100; seed < 150; seed++) {
      StreamPair pair =
          pair(SendEnd.video(SendEnd.IDS), seed)
              .delayMs(25)
              .lossPercent(5)
              .reorderPercent(5)
              .duplicatePercent(2);
      assertRecovered(run(pair, 1_500), seed);
    }
  }
}
