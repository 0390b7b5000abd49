package org.purertc.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequenceUnwrapperTest {

  @Test
  void goesOnAboveTheWrap() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper(32, 0xffff_fffeL);
    assertThat(unwrapper.unwrap(0xffff_ffffL)).isEqualTo(0xffff_ffffL);
    assertThat(unwrapper.unwrap(0)).isEqualTo(0x1_0000_0000L);
    assertThat(unwrapper.unwrap(5)).isEqualTo(0x1_0000_0005L);
  }

  @Test
  void oldNumberDoesNotMoveTheReference() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper(16, 10);
    assertThat(unwrapper.unwrap(0xfff0)).isEqualTo(-16);
    assertThat(unwrapper.highest()).isEqualTo(10);
  }

  @Test
  void peekRemembersNothing() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper(16, 10);
    assertThat(unwrapper.peek(100)).isEqualTo(100);
    assertThat(unwrapper.highest()).isEqualTo(10);
  }

  @Test
  void refusesAWidthThatLongCannotHold() {
    assertThatThrownBy(() -> new SequenceUnwrapper(64, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }

  @Test
  void serialNumbersCompareAcrossTheWrap() {
    assertThat(SerialNumber.isBefore32(0xffff_ffffL, 0)).isTrue();
    assertThat(SerialNumber.isBefore32(0, 0xffff_ffffL)).isFalse();
    assertThat(SerialNumber.isBefore32(7, 7)).isFalse();
    assertThat(SerialNumber.isBefore16(0xffff, 0)).isTrue();
    assertThat(SerialNumber.isBefore16(1, 0)).isFalse();
  }

  @Test
  void serialNumbersUnwrapNearTheirReference() {
    assertThat(SerialNumber.unwrap32(3, 0x1_ffff_ffffL)).isEqualTo(0x2_0000_0003L);
    assertThat(SerialNumber.unwrap32(0xffff_ffffL, 0x1_0000_0002L)).isEqualTo(0xffff_ffffL);
    assertThat(SerialNumber.unwrap16(0, 0xffff)).isEqualTo(0x1_0000);
    assertThat(SerialNumber.wrap32(0x1_0000_0005L)).isEqualTo(5);
    assertThat(SerialNumber.wrap16(0x1_0005L)).isEqualTo(5);
  }
}
