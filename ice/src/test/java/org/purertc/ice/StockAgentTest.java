package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Our agent against ice4j's own on 127.0.0.1. */
class StockAgentTest {

  /** Far more than the tens of milliseconds that it takes: not a measurement. */
  private static final long LIMIT_MS = 15_000;

  @Test
  void connectsAsControllingAgent() throws IOException {
    connect(IceRole.CONTROLLING, false, IceRole.CONTROLLING);
  }

  @Test
  void connectsAsControlledAgent() throws IOException {
    connect(IceRole.CONTROLLED, true, IceRole.CONTROLLED);
  }

  @Test
  void connectsWhenBothBelieveToControl() throws IOException {
    connect(IceRole.CONTROLLING, true, null);
  }

  /**
   * ice4j turns a conflict of two controlled sides the wrong way round, so that both control for a
   * moment, and drops a nomination that comes then: the first consent check repeats it.
   */
  @Test
  void connectsWhenNeitherBelievesToControl() throws IOException {
    connect(IceRole.CONTROLLED, false, null);
  }

  private static void connect(IceRole ourRole, boolean theyControl, @Nullable IceRole finalRole)
      throws IOException {
    try (UdpIceEnd ours = new UdpIceEnd(ourRole);
        StockIce4jAgent theirs = new StockIce4jAgent(theyControl)) {
      theirs.start(ours.agent.local(), ours.candidate);
      ours.start(theirs.credentials(), theirs.candidate());
      boolean done =
          ours.runUntil(
              () -> ours.agent.state() == IceTransportState.COMPLETED && theirs.isDone(), LIMIT_MS);
      assertThat(done).as("ours %s, events %s", ours.agent.state(), ours.events).isTrue();
      CandidatePair pair = ours.agent.selectedPair();
      assertThat(pair).isNotNull();
      assertThat(pair.remote().address()).isEqualTo(theirs.candidate().address());
      assertThat(ours.agent.role() == IceRole.CONTROLLING).isNotEqualTo(theirs.isControlling());
      if (finalRole != null) {
        assertThat(ours.agent.role()).isEqualTo(finalRole);
      }
    }
  }
}
