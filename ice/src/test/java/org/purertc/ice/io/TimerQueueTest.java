package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {

  /** The same queue as a list that is sorted after each change. */
  private static final class SortedList {
    private record Item(TimerQueue.Entry entry, long deadlineNs, long sequence) {}

    private final List<Item> items = new ArrayList<>();
    private long sequence;

    void schedule(TimerQueue.Entry entry, long deadlineNs) {
      cancel(entry);
      if (deadlineNs != Loop.NEVER) {
        items.add(new Item(entry, deadlineNs, sequence++));
        items.sort(Comparator.comparingLong(Item::deadlineNs).thenComparingLong(Item::sequence));
      }
    }

    void cancel(TimerQueue.Entry entry) {
      items.removeIf(item -> item.entry == entry);
    }

    TimerQueue.Entry pollDue(long nowNs) {
      return items.isEmpty() || items.get(0).deadlineNs > nowNs ? null : items.remove(0).entry;
    }

    long nextDeadlineNs() {
      return items.isEmpty() ? Loop.NEVER : items.get(0).deadlineNs;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesLikeASortedList(long seed) {
    var random = new Random(seed);
    var queue = new TimerQueue();
    var expected = new SortedList();
    List<TimerQueue.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      entries.add(new TimerQueue.Entry());
    }
    long nowNs = 0;
    for (int step = 0; step < 5_000; step++) {
      TimerQueue.Entry entry = entries.get(random.nextInt(entries.size()));
      switch (random.nextInt(5)) {
        case 0 -> {
          queue.cancel(entry);
          expected.cancel(entry);
        }
        case 1 -> {
          nowNs += random.nextInt(20);
          TimerQueue.Entry due = expected.pollDue(nowNs);
          assertThat(queue.pollDue(nowNs)).as("seed %d step %d", seed, step).isSameAs(due);
        }
        default -> {
          // A narrow range makes many deadlines equal.
          long deadlineNs = random.nextInt(30) == 0 ? Loop.NEVER : nowNs + random.nextInt(40);
          queue.schedule(entry, deadlineNs);
          expected.schedule(entry, deadlineNs);
        }
      }
      assertThat(queue.nextDeadlineNs())
          .as("seed %d step %d", seed, step)
          .isEqualTo(expected.nextDeadlineNs());
      assertThat(queue.size()).as("seed %d step %d", seed, step).isEqualTo(expected.items.size());
    }
  }

  @Test
  void neverTakesAnEntryOut() {
    var queue = new TimerQueue();
    var entry = new TimerQueue.Entry();
    queue.schedule(entry, 10);
    queue.schedule(entry, Loop.NEVER);
    assertThat(entry.isQueued()).isFalse();
    assertThat(queue.pollDue(Long.MAX_VALUE)).isNull();
  }
}
