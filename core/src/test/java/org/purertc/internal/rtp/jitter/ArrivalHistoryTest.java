package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalHistoryTest {
  private static final long SECOND_NS = 1_000_000_000;

  private final ArrivalHistory history = new ArrivalHistory();

  @Test
  void knowsTheQuickestOfTwoSeconds() {
    history.add(50, 0);
    history.add(20, SECOND_NS);
    history.add(80, 2 * SECOND_NS);
    assertThat(history.lowestOffsetNs()).isEqualTo(20);
    history.add(70, 3 * SECOND_NS + 1);
    assertThat(history.lowestOffsetNs()).isEqualTo(70);
  }

  @Test
  void theNewestIsNeverForgotten() {
    history.add(50, 0);
    assertThat(history.lowestOffsetNs()).isEqualTo(50);
    history.add(90, 100 * SECOND_NS);
    assertThat(history.lowestOffsetNs()).isEqualTo(90);
  }
}
