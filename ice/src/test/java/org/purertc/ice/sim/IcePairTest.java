package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceTransportState;

/** Two agents over a simulated network. */
class IcePairTest {

  private static final long MS = 1_000_000;

  @Test
  void connectsInOneRoundTripAndCompletesInTwo() {
    IcePair pair = IcePair.connect(SimNetwork.with(1).delayMs(20));
    assertThat(pair.runUntilBoth(IceTransportState.CONNECTED, 1000)).isTrue();
    assertThat(pair.loop().nowNs()).isLessThanOrEqualTo(45 * MS);
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 1000)).isTrue();
    assertThat(pair.loop().nowNs()).isLessThanOrEqualTo(90 * MS);
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30})
  void agreesOnOnePairOverABadNetwork(int lossPercent) {
    List<Long> times = new ArrayList<>();
    for (long seed = 1; seed <= 50; seed++) {
      SimNetwork network =
          SimNetwork.with(seed * 1000 + lossPercent)
              .delayMs(seed % 5 * 40)
              .jitterMs(20)
              .lossPercent(lossPercent)
              .reorderPercent(10)
              .duplicatePercent(5);
      IcePair pair = IcePair.connect(network);
      assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 30_000))
          .as("seed %d completes", network.seed())
          .isTrue();
      times.add(pair.loop().nowNs() / MS);
      assertThat(pair.controlling().selectedLocal())
          .as("seed %d", network.seed())
          .isEqualTo(pair.controlled().selectedRemote());
      assertThat(pair.controlled().selectedLocal())
          .as("seed %d", network.seed())
          .isEqualTo(pair.controlling().selectedRemote());
      pair.assertNothingLeft();
    }
    times.sort(null);
    // A median of one lost check is 500 ms; the bound leaves room for a few in a row.
    assertThat(times.get(times.size() / 2)).isLessThan(lossPercent == 0 ? 700 : 3000);
  }
}
