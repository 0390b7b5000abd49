package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedNumbersTest {
  private static final long MS = 1_000_000;
  private final ForwardedNumbers numbers = new ForwardedNumbers();

  private void join(long ssrc, long sequence, long timestamp, long nextOut, long nowNs) {
    numbers.join(ssrc, sequence, nextOut);
    numbers.joinAt(timestamp, 90_000, nowNs);
  }

  @Test
  void gapsStayAndAreFilledLater() {
    join(1, 500, 0, 70_000, 0);
    assertThat(numbers.take(500, 0, 0)).isEqualTo(70_000);
    assertThat(numbers.take(503, 0, 0)).isEqualTo(70_003);
    assertThat(numbers.take(502, 0, 0)).isEqualTo(70_002);
    assertThat(numbers.take(501, 0, 0)).isEqualTo(70_001);
  }

  @Test
  void noNumberIsGivenTwice() {
    join(1, 500, 0, 10, 0);
    assertThat(numbers.take(500, 0, 0)).isEqualTo(10);
    assertThat(numbers.take(500, 0, 0)).isEqualTo(-1);
    assertThat(numbers.take(502, 0, 0)).isEqualTo(12);
    assertThat(numbers.take(501, 0, 0)).isEqualTo(11);
    assertThat(numbers.take(501, 0, 0)).isEqualTo(-1);
    assertThat(numbers.take(499, 0, 0)).as("before it joined").isEqualTo(-1);
  }

  @Test
  void aPacketThatIsTooLateHasNoPlace() {
    join(1, 0, 0, 0, 0);
    assertThat(numbers.take(0, 0, 0)).isZero();
    long last = 0;
    for (int i = 0; i < 3; i++) {
      last += 900;
      assertThat(numbers.take(last, 0, 0)).isEqualTo(last);
    }
    assertThat(numbers.take(last - ForwardedNumbers.WINDOW, 0, 0)).isEqualTo(-1);
    assertThat(numbers.take(last - ForwardedNumbers.WINDOW + 1, 0, 0))
        .isEqualTo(last - ForwardedNumbers.WINDOW + 1);
  }

  @Test
  void anotherStreamGoesOnWithTheNextNumberAndAsMuchLaterAsItCame() {
    join(1, 500, 9_000, 10, 0);
    assertThat(numbers.take(500, 9_000, 0)).isEqualTo(10);
    assertThat(numbers.timestamp(9_000)).isEqualTo(9_000);
    assertThat(numbers.continues(2, 40, 11)).isFalse();
    join(2, 40, 777_000, 11, 100 * MS);
    assertThat(numbers.take(40, 777_000, 100 * MS)).isEqualTo(11);
    assertThat(numbers.timestamp(777_000)).isEqualTo(18_000);
    assertThat(numbers.isOfThePast(1, 500)).isTrue();
    assertThat(numbers.isOfThePast(1, 501)).isFalse();
    assertThat(numbers.isOfThePast(2, 40)).isFalse();
  }

  @Test
  void whatCannotGoOnHasToJoin() {
    assertThat(numbers.continues(1, 5, 10)).as("nothing yet").isFalse();
    join(1, 5, 0, 10, 0);
    assertThat(numbers.take(5, 0, 0)).isEqualTo(10);
    assertThat(numbers.continues(1, 6, 11)).isTrue();
    assertThat(numbers.continues(1, 5 + ForwardedNumbers.MAX_JUMP, 11)).isTrue();
    assertThat(numbers.continues(1, 6 + ForwardedNumbers.MAX_JUMP, 11)).as("a jump").isFalse();
    assertThat(numbers.continues(1, 6, 12)).as("another took a number").isFalse();
    numbers.interrupt();
    assertThat(numbers.continues(1, 6, 11)).as("interrupted").isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void numbersStayUniqueWhateverIsWritten(long seed) {
    Random random = new Random(seed);
    Set<Long> given = new HashSet<>();
    long next = 0;
    for (int i = 0; i < 20_000; i++) {
      long ssrc = random.nextInt(300) == 0 ? 2 : 1;
      long sequence = i / 2 + random.nextInt(random.nextInt(50) == 0 ? 3_000 : 10);
      if (!numbers.continues(ssrc, sequence, next)) {
        join(ssrc, sequence, i, next, i);
      }
      long out = numbers.take(sequence, i, i);
      assertThat(out < 0 || given.add(out)).as("seed %d, %d again", seed, out).isTrue();
      next = Math.max(next, out + 1);
    }
  }
}
