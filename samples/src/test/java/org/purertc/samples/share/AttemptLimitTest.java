package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptLimitTest {
  private final AttemptLimit limit = new AttemptLimit();

  @Test
  void blocksAnAddressAfterTenWrongRooms() {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      assertThat(limit.blocks("a", 0)).isFalse();
      limit.wrong("a", 0);
    }
    assertThat(limit.blocks("a", 0)).isTrue();
    assertThat(limit.blocks("b", 0)).isFalse();
  }

  @Test
  void forgetsAfterAMinute() {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      limit.wrong("a", 0);
    }
    assertThat(limit.blocks("a", AttemptLimit.FORGET_NS - 1)).isTrue();
    assertThat(limit.blocks("a", AttemptLimit.FORGET_NS)).isFalse();
  }

  @Test
  void remembersABoundedNumberOfAddresses() {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      limit.wrong("first", 0);
    }
    for (int i = 0; i < AttemptLimit.MAX_ADDRESSES; i++) {
      limit.wrong("address " + i, 0);
    }
    assertThat(limit.blocks("first", 0)).isFalse();
  }
}
