package org.purertc.srtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

  /** RFC 3711 appendix A: the index of a sequence number after one of rollover counter 5. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 5",
    "0, 1, 5",
    "0, 32768, 5",
    "0, 32769, 4",
    "0, 65535, 4",
    "100, 32868, 5",
    "100, 32869, 4",
    "32767, 65535, 5",
    "32767, 0, 5",
    "32768, 65535, 5",
    "32768, 0, 5",
    "32769, 0, 6",
    "32769, 1, 5",
    "65535, 0, 6",
    "65535, 32766, 6",
    "65535, 32767, 5",
    "65535, 65534, 5"
  })
  void estimatesTheRolloverCounter(int highest, int sequenceNumber, long rolloverCounter) {
    ReplayWindow window = new ReplayWindow();
    window.add(5L << 16 | highest);
    assertThat(window.estimate(sequenceNumber)).isEqualTo(rolloverCounter << 16 | sequenceNumber);
  }

  @Test
  void whatWouldBeBeforeTheFirstIndexIsTooOld() {
    ReplayWindow window = new ReplayWindow();
    window.add(10);
    assertThat(window.estimate(65_535)).isNegative();
    assertThat(window.isNew(window.estimate(65_535))).isFalse();
  }

  @Test
  void nothingIsOldInAFreshWindow() {
    ReplayWindow window = new ReplayWindow();
    assertThat(window.isNew(0)).isTrue();
    assertThat(window.isNew(ReplayWindow.MAX_RTP_INDEX)).isTrue();
    assertThat(window.next()).isZero();
    assertThat(window.estimate(65_535)).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithAListOfAllThatWasSeen(long seed) {
    Random random = new Random(seed);
    ReplayWindow window = new ReplayWindow();
    Set<Long> seen = new HashSet<>();
    long highest = -1;
    for (int i = 0; i < 50_000; i++) {
      int ahead = random.nextInt(100) == 0 ? random.nextInt(5_000) : random.nextInt(20);
      long index = Math.max(0, highest + ahead - random.nextInt(30) * random.nextInt(60));
      boolean expected = !seen.contains(index) && highest - index < ReplayWindow.PACKETS;
      assertThat(window.isNew(index)).as("seed %d, index %d", seed, index).isEqualTo(expected);
      if (expected && random.nextInt(3) != 0) {
        window.add(index);
        seen.add(index);
        highest = Math.max(highest, index);
      }
    }
  }
}
