package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.util.Timer;

class NackGeneratorTest {
  private static final long BASE = 65_536;

  private final NackGenerator nacks = new NackGenerator();

  private void receive(long nowNs, long... sequences) {
    for (long sequence : sequences) {
      nacks.onPacket(BASE + sequence, nowNs);
    }
  }

  @Test
  void asksAtOnceForWhatAGapLacks() {
    receive(0, 1, 2, 5);
    assertThat(nacks.nextDeadlineNs()).isZero();
    assertThat(nacks.takeDue(0)).containsExactly(3, 4);
    assertThat(nacks.takeDue(ms(1))).isEmpty();
  }

  @Test
  void asksForNothingWithoutAGap() {
    receive(0, 65_530, 65_531);
    assertThat(nacks.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void numbersWrap() {
    receive(0, 65_534, 65_537);
    assertThat(nacks.takeDue(0)).containsExactly(65_535, 0);
  }

  @Test
  void asksAgainAfterARoundTrip() {
    nacks.setRoundTrip(ms(40));
    receive(0, 1, 3);
    assertThat(nacks.takeDue(0)).containsExactly(2);
    assertThat(nacks.nextDeadlineNs()).isEqualTo(ms(45));
    assertThat(nacks.takeDue(ms(44))).isEmpty();
    assertThat(nacks.takeDue(ms(45))).containsExactly(2);
  }

  @Test
  void givesUpAfterTenTries() {
    nacks.setRoundTrip(ms(40));
    receive(0, 1, 3);
    int tries = 0;
    for (long ms = 0; ms < 2_000; ms++) {
      tries += nacks.takeDue(ms(ms)).length;
    }
    assertThat(tries).isEqualTo(NackGenerator.MAX_TRIES);
    assertThat(nacks.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void givesUpByAgeOnALongPath() {
    nacks.setRoundTrip(ms(1_000));
    receive(0, 1, 3);
    int tries = 0;
    for (long ms = 0; ms < 20_000; ms += 5) {
      tries += nacks.takeDue(ms(ms)).length;
    }
    assertThat(tries).isEqualTo(3);
    assertThat(nacks.missingCount()).isZero();
  }

  @Test
  void whatHasComeIsNotAskedForAgain() {
    receive(0, 1, 5);
    assertThat(nacks.takeDue(0)).containsExactly(2, 3, 4);
    nacks.onRecovered(BASE + 3);
    receive(ms(90), 4);
    assertThat(nacks.isMissing(BASE + 2)).isTrue();
    assertThat(nacks.isMissing(BASE + 3)).isFalse();
    assertThat(nacks.takeDue(ms(200))).containsExactly(2);
  }

  @Test
  void whatIsOfNoMoreUseIsNotAskedFor() {
    receive(0, 1, 5);
    nacks.discardUpTo(BASE + 3);
    assertThat(nacks.takeDue(0)).containsExactly(4);
  }

  @Test
  void learnsHowFarThePathReorders() {
    receive(0, 1, 4);
    assertThat(nacks.takeDue(0)).hasSize(2);
    // Far earlier than an answer could come: nothing was lost.
    receive(ms(1), 2, 3);
    receive(ms(2), 6, 7);
    assertThat(nacks.takeDue(ms(2))).isEmpty();
    receive(ms(3), 8);
    assertThat(nacks.takeDue(ms(3))).containsExactly(5);
  }

  @Test
  void waitsOnlySoLongForAReorderedPacket() {
    receive(0, 1, 4);
    receive(ms(1), 2, 3);
    receive(ms(2), 6);
    assertThat(nacks.takeDue(ms(21))).isEmpty();
    assertThat(nacks.takeDue(ms(22))).containsExactly(5);
  }

  @Test
  void forgetsTheReorderingOfAPathThatHasStopped() {
    receive(0, 1, 4);
    receive(ms(1), 2, 3);
    for (int sequence = 5; sequence < 2_100; sequence++) {
      receive(ms(sequence), sequence);
    }
    receive(ms(3_000), 2_101);
    assertThat(nacks.takeDue(ms(3_000))).containsExactly(2_100);
  }

  @Test
  void aKeyFrameIsCheaperThanAThousandPackets() {
    receive(0, 1, 900);
    assertThat(nacks.takeOverflow()).isFalse();
    receive(0, 1_400);
    assertThat(nacks.takeOverflow()).isTrue();
    assertThat(nacks.takeOverflow()).isFalse();
    assertThat(nacks.missingCount()).isZero();
    receive(0, 2_999);
    assertThat(nacks.takeOverflow()).isTrue();
    assertThat(nacks.missingCount()).isZero();
  }

  @Test
  void neverHoldsMoreThanItsLimit() {
    for (int i = 0; i < 20_000; i++) {
      receive(ms(i), 1 + 3L * i);
      assertThat(nacks.missingCount()).isLessThanOrEqualTo(NackGenerator.MAX_MISSING);
    }
  }

  @Test
  void aRestartLeavesNothingToAskFor() {
    receive(0, 1, 5);
    nacks.restart();
    receive(0, 40_000);
    assertThat(nacks.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }
}
