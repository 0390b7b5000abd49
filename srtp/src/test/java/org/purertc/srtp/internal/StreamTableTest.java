package org.purertc.srtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamTableTest {

  @Test
  void findsEachOfManyAndNoOther() {
    Random random = new Random(1);
    StreamTable table = new StreamTable(1_000);
    Map<Integer, ReplayWindow> expected = new HashMap<>();
    while (expected.size() < 1_000) {
      assertThat(table.isFull()).isFalse();
      int ssrc = random.nextBoolean() ? random.nextInt() : expected.size();
      if (!expected.containsKey(ssrc)) {
        ReplayWindow window = new ReplayWindow();
        expected.put(ssrc, window);
        table.put(ssrc, window);
      }
    }
    assertThat(table.isFull()).isTrue();
    expected.forEach((ssrc, window) -> assertThat(table.get(ssrc)).isSameAs(window));
    for (int i = 0; i < 10_000; i++) {
      int ssrc = random.nextInt();
      assertThat(table.get(ssrc)).as("seed 1, " + ssrc).isSameAs(expected.get(ssrc));
    }
  }
}
