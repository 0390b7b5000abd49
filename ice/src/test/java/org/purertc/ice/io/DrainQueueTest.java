package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainQueueTest {

  /** A drain that is not equal to any other; a lambda without a capture would be one object. */
  private static final class Counted implements Loop.Drain {
    @Override
    public void drain(long nowNs) {}
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsEachOnceInTheOrderAsked(long seed) {
    var random = new Random(seed);
    List<Loop.Drain> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(new Counted());
    }
    var queue = new DrainQueue();
    for (int round = 0; round < 20; round++) {
      Set<Loop.Drain> expected = new LinkedHashSet<>();
      int count = random.nextInt(600);
      for (int i = 0; i < count; i++) {
        Loop.Drain drain = all.get(random.nextInt(all.size()));
        queue.add(drain);
        expected.add(drain);
      }
      List<Loop.Drain> found = new ArrayList<>();
      for (int i = 0; i < queue.size(); i++) {
        found.add(queue.get(i));
      }
      assertThat(found).as("seed %d round %d", seed, round).containsExactlyElementsOf(expected);
      queue.clear();
      assertThat(queue.isEmpty()).isTrue();
    }
  }
}
