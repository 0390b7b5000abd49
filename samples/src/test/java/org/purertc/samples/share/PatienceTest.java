package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

class PatienceTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private long nowNs = 17;

  private static TransferException failure(FailureCode code) {
    return new TransferException(code, "for a test");
  }

  /** The delays in milliseconds until it gives up, when each try fails at once. */
  private List<Long> delays(Patience patience, FailureCode code) {
    List<Long> delays = new ArrayList<>();
    for (long ns = patience.delayNs(failure(code), nowNs);
        ns != Patience.GIVE_UP;
        ns = patience.delayNs(failure(code), nowNs)) {
      delays.add(ns / 1_000_000);
      nowNs += ns;
    }
    return delays;
  }

  @Test
  void withoutContactThereIsOneTry() {
    assertThat(delays(Patience.standard(), FailureCode.LOST)).isEmpty();
  }

  @Test
  void aLostTransferIsTriedForTwoMinutesEverLessOften() {
    Patience patience = Patience.standard();
    patience.onContact();
    List<Long> delays = delays(patience, FailureCode.LOST);
    assertThat(delays).startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 8_000L);
    assertThat(delays.stream().mapToLong(it -> it).sum()).isBetween(110_000L, 120_000L);
  }

  @Test
  void progressBeginsTheCountAnew() {
    Patience patience = Patience.standard();
    patience.onContact();
    delays(patience, FailureCode.LOST);
    patience.onProgress();
    assertThat(patience.delayNs(failure(FailureCode.LOST), nowNs)).isEqualTo(SECOND_NS / 2);
  }

  @Test
  void aBusySenderIsTriedForSomeSeconds() {
    Patience patience = Patience.standard();
    patience.onContact();
    assertThat(delays(patience, FailureCode.BUSY)).containsExactly(500L, 1_000L, 2_000L);
  }

  @Test
  void theUserMayWaitLongerOrNotAtAll() {
    List<Long> delays = delays(Patience.of(Duration.ofSeconds(20)), FailureCode.LOST);
    assertThat(delays.stream().mapToLong(it -> it).sum()).isBetween(12_000L, 20_000L);
    Patience none = Patience.of(Duration.ZERO);
    none.onContact();
    assertThat(delays(none, FailureCode.LOST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOST", "BUSY"})
  void whatTimeDoesNotMendIsTold(FailureCode code) {
    Patience patience = Patience.of(Duration.ofHours(1));
    patience.onContact();
    assertThat(delays(patience, code)).isEmpty();
  }
}
