package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramKindTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, STUN",
    "3, 0, STUN",
    "4, 0, UNKNOWN",
    "19, 0, UNKNOWN",
    "20, 0, DTLS",
    "63, 0, DTLS",
    "64, 0, UNKNOWN",
    "127, 0, UNKNOWN",
    "128, 191, RTP",
    "128, 192, RTCP",
    "191, 223, RTCP",
    "191, 224, RTP",
    "192, 200, UNKNOWN",
    "255, 0, UNKNOWN"
  })
  void isToldByTheFirstBytes(int first, int second, DatagramKind kind) {
    assertThat(DatagramKind.of(new byte[] {9, (byte) first, (byte) second}, 1, 2)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void isUnknownWhenTooShort(int length) {
    assertThat(DatagramKind.of(new byte[] {22, 1}, 0, length)).isEqualTo(DatagramKind.UNKNOWN);
  }
}
