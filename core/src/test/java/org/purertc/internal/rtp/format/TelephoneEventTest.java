package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.hex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;

class TelephoneEventTest {
  /** RFC 4733 section 2.3, figure 1. */
  @Test
  void eventIsReadAndWritten() throws Exception {
    byte[] bytes = hex("0b 8a 03 20");
    TelephoneEvent event = TelephoneEvent.parse(new ByteReader(bytes));
    assertThat(event).isEqualTo(new TelephoneEvent(11, true, 10, 800));
    byte[] written = new byte[4];
    event.write(new ByteWriter(written, 0));
    assertThat(written).isEqualTo(bytes);
  }

  /** R is to be ignored. */
  @Test
  void reservedBitDoesNotCount() throws Exception {
    assertThat(TelephoneEvent.parse(new ByteReader(hex("ff 7f ff ff"))))
        .isEqualTo(new TelephoneEvent(255, false, 63, 65_535));
  }

  @Test
  void eventOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> new TelephoneEvent(256, false, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TelephoneEvent(0, false, 64, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TelephoneEvent(0, false, 0, 65_536))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** RFC 4733 section 3.2, table 3. */
  @ParameterizedTest
  @CsvSource({"0,0", "9,9", "*,10", "#,11", "A,12", "D,15", "a,12", "d,15", "E,-1", "e,-1"})
  void dtmfTonesHaveTheirCodes(char tone, int code) {
    assertThat(TelephoneEvent.codeOf(tone)).isEqualTo(code);
  }

  @Test
  void codesHaveTheirDtmfTones() {
    StringBuilder tones = new StringBuilder();
    for (int code = 0; code <= 16; code++) {
      tones.append(TelephoneEvent.toneOf(code));
    }
    assertThat(tones).hasToString("0123456789*#ABCD ");
  }
}
