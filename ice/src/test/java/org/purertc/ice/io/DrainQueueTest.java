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

  private final List<Loop.Drain> called = new ArrayList<>();

  /** An object of its own each time; a lambda without a capture would be one object. */
  private final class Recording implements Loop.Drain {
    @Override
    public void drain(long nowNs) {
      called.add(this);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsEachOnceInTheOrderAsked(long seed) {
    var random = new Random(seed);
    List<Loop.Drain> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(new Recording());
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
      called.clear();
      queue.drainAll(round, new FailureLog("test"));
      assertThat(called).as("seed %d round %d", seed, round).containsExactlyElementsOf(expected);
      assertThat(queue.isEmpty()).isTrue();
    }
  }
}
