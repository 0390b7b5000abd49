package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {
  private final DelayHistogram histogram = new DelayHistogram(100, 0.983, 2);

  @Test
  void theFirstValueIsAllThatIsKnown() {
    histogram.add(7);
    assertThat(histogram.probability(7)).isEqualTo(1);
    assertThat(histogram.quantile(0.95)).isEqualTo(7);
  }

  @Test
  void atFirstThePastFadesFaster() {
    histogram.add(1);
    histogram.add(2);
    assertThat(histogram.probability(1)).isCloseTo(1.0 / 3, within(1e-12));
    histogram.add(3);
    assertThat(histogram.probability(3)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void laterEachValueTakesItsFixedShare() {
    IntStream.range(0, 1_000).forEach(i -> histogram.add(0));
    histogram.add(50);
    assertThat(histogram.probability(50)).isCloseTo(0.017, within(1e-9));
  }

  @Test
  void probabilitiesAddUpToOne() {
    IntStream.range(0, 5_000).forEach(i -> histogram.add(i * 31 % 140));
    double sum = IntStream.range(0, 100).mapToDouble(histogram::probability).sum();
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  void aQuantileIsTheLowestBucketThatHoldsEnough() {
    DelayHistogram slow = new DelayHistogram(100, 0.9999, 2);
    IntStream.range(0, 50_000).forEach(i -> slow.add(i * 37 % 100));
    assertThat(slow.quantile(0.95)).isBetween(93, 96);
    assertThat(slow.quantile(0.5)).isBetween(48, 51);
  }

  @Test
  void valuesAboveTheLastBucketCountThere() {
    histogram.add(5_000);
    assertThat(histogram.quantile(0.95)).isEqualTo(99);
  }
}
