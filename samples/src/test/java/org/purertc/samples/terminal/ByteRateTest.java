package org.purertc.samples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRateTest {

  @ParameterizedTest
  @CsvSource({
    "1000, 1000",
    "500k, 500000",
    "10M, 10000000",
    "10MB/s, 10000000",
    "1.5G, 1500000000"
  })
  void readsBytesASecond(String text, long bytes) {
    assertThat(new ByteRate().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "999", "-1", "10m", "10 M", "M", "1e9", "99999999999"})
  void refusesOtherThings(String text) {
    assertThatThrownBy(() -> new ByteRate().convert(text)).hasMessageContaining("is not a rate");
  }
}
