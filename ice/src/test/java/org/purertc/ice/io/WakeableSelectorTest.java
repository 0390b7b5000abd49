package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeableSelectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(LoopThread.PATIENCE_S);

  @Test
  void aWakeUpBetweenTheLastLookAndTheWaitIsNotMissed() throws IOException {
    WakeableSelector selector = WakeableSelector.open();
    assertTimeoutPreemptively(
        PATIENCE,
        () ->
            selector.select(
                () -> {
                  selector.wake();
                  return Loop.NEVER;
                },
                key -> {}));
    selector.close();
  }

  @Test
  void aWakeUpWhileAwakeCostsNothingLater() throws IOException {
    WakeableSelector selector = WakeableSelector.open();
    selector.wake();
    var asked = new AtomicInteger();
    // The earlier wake-up must not be kept: this wait lasts until its own time-out.
    long startNs = System.nanoTime();
    assertTimeoutPreemptively(
        PATIENCE,
        () ->
            selector.select(
                () -> {
                  asked.incrementAndGet();
                  return 5;
                },
                key -> {}));
    assertThat(asked).hasValue(1);
    assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(4_000_000);
    selector.close();
  }
}
