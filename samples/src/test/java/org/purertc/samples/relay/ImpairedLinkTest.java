package org.purertc.samples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.samples.relay.Impairment.Bottleneck;

class ImpairedLinkTest {
  private static final long SEED = 7;
  private static final long MS = 1_000_000;

  private record Arrival(int number, long atNs) {}

  private static ImpairedLink link(Impairment impairment) {
    return new ImpairedLink(impairment, new SplittableRandom(SEED));
  }

  private static ByteBuffer datagram(int number, int bytes) {
    return ByteBuffer.allocate(bytes).putInt(0, number);
  }

  /** One datagram every interval; each leaves exactly when it is due. */
  private static List<Arrival> pass(ImpairedLink link, int count, long intervalNs, int bytes) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      takeUntil(link, i * intervalNs, arrivals);
      link.offer(datagram(i, bytes), i * intervalNs);
    }
    takeUntil(link, Long.MAX_VALUE / 2, arrivals);
    return arrivals;
  }

  private static void takeUntil(ImpairedLink link, long untilNs, List<Arrival> arrivals) {
    while (!link.isEmpty() && link.nextDueNs() <= untilNs) {
      long dueNs = link.nextDueNs();
      assertThat(link.due(dueNs - 1)).isNull();
      ByteBuffer datagram = link.due(dueNs);
      assertThat(datagram).isNotNull();
      arrivals.add(new Arrival(datagram.getInt(0), dueNs));
      link.leave(datagram.remaining(), true);
    }
  }

  @Test
  void delaysEachDatagramExactly() {
    List<Arrival> arrivals =
        pass(link(new Impairment(25 * MS, 0, 0, 0, 0, Bottleneck.NONE)), 1_000, MS, 100);
    assertThat(arrivals).hasSize(1_000).allMatch(it -> it.atNs() == it.number() * MS + 25 * MS);
  }

  @Test
  void otherConditionsHoldForWhatEntersLater() {
    ImpairedLink link = link(Impairment.NONE);
    assertThat(pass(link, 100, MS, 100)).hasSize(100);
    link.impair(new Impairment(0, 0, 1, 0, 0, Bottleneck.NONE));
    assertThat(pass(link, 100, MS, 100)).isEmpty();
  }

  @Test
  void jitterStaysInItsBoundsAndKeepsTheOrder() {
    List<Arrival> arrivals =
        pass(link(new Impairment(25 * MS, 5 * MS, 0, 0, 0, Bottleneck.NONE)), 10_000, MS, 100);
    assertThat(arrivals).extracting(Arrival::number).isSorted().hasSize(10_000);
    assertThat(arrivals)
        .allMatch(it -> it.atNs() - it.number() * MS >= 25 * MS)
        .allMatch(it -> it.atNs() - it.number() * MS <= 30 * MS)
        .anyMatch(it -> it.atNs() - it.number() * MS > 29 * MS)
        .anyMatch(it -> it.atNs() - it.number() * MS < 26 * MS);
  }

  @Test
  void aReorderedDatagramIsOvertaken() {
    Impairment impairment = new Impairment(20 * MS, 0, 0, 0.1, 0, Bottleneck.NONE);
    List<Arrival> arrivals = pass(link(impairment), 10_000, MS, 100);
    assertThat(arrivals).extracting(Arrival::number).doesNotHaveDuplicates().hasSize(10_000);
    long late = arrivals.stream().filter(it -> it.atNs() == it.number() * MS + 25 * MS).count();
    assertThat(late).as("seed %d", SEED).isBetween(900L, 1_100L);
    assertThat(arrivals)
        .filteredOn(it -> it.atNs() == it.number() * MS + 20 * MS)
        .hasSize((int) (10_000 - late));
  }

  @Test
  void losesWhatTheSeedSays() {
    ImpairedLink link = link(new Impairment(0, 0, 0.01, 0, 0, Bottleneck.NONE));
    SplittableRandom same = new SplittableRandom(SEED);
    int lost = 0;
    for (int i = 0; i < 100_000; i++) {
      lost += same.nextDouble() < 0.01 ? 1 : 0;
    }
    List<Arrival> arrivals = pass(link, 100_000, 1_000, 100);
    assertThat(link.counters().droppedByLoss).isEqualTo(lost).isBetween(850L, 1_150L);
    assertThat(arrivals).hasSize(100_000 - lost);
  }

  @Test
  void duplicatesArriveTwice() {
    ImpairedLink link = link(new Impairment(MS, 0, 0, 0, 1, Bottleneck.NONE));
    assertThat(pass(link, 3, MS, 100))
        .extracting(Arrival::number)
        .containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(link.counters().duplicated).isEqualTo(3);
    assertThat(link.counters().sent).isEqualTo(6);
  }

  @Test
  void theRateSpacesABurst() {
    // 1,000 bytes at 8 Mbit/s are a millisecond.
    Bottleneck bottleneck = new Bottleneck(8_000_000, 10, 1 << 20);
    Impairment impairment = new Impairment(10 * MS, 0, 0, 0, 0, bottleneck);
    List<Arrival> arrivals = pass(link(impairment), 5, 0, 1_000);
    assertThat(arrivals)
        .extracting(Arrival::atNs)
        .containsExactly(11 * MS, 12 * MS, 13 * MS, 14 * MS, 15 * MS);
  }

  @Test
  void aFullQueueDropsTheNewest() {
    Bottleneck bottleneck = new Bottleneck(8_000_000, 3, 1 << 20);
    ImpairedLink link = link(new Impairment(10 * MS, 0, 0, 0, 0, bottleneck));
    assertThat(pass(link, 5, 0, 1_000)).extracting(Arrival::number).containsExactly(0, 1, 2);
    assertThat(link.counters().droppedByQueue).isEqualTo(2);
    assertThat(link.counters().largestQueue).isEqualTo(3);
  }

  @Test
  void theQueueIsBoundedInBytesToo() {
    Bottleneck bottleneck = new Bottleneck(8_000_000, 100, 2_500);
    ImpairedLink link = link(new Impairment(0, 0, 0, 0, 0, bottleneck));
    assertThat(pass(link, 5, 0, 1_000)).hasSize(2);
    assertThat(link.counters().droppedByQueue).isEqualTo(3);
  }

  @Test
  void distanceDoesNotFillTheQueue() {
    Bottleneck bottleneck = new Bottleneck(8_000_000, 1, 1 << 20);
    ImpairedLink link = link(new Impairment(500 * MS, 0, 0, 0, 0, bottleneck));
    assertThat(pass(link, 100, MS, 1_000)).hasSize(100);
    assertThat(link.counters().droppedByQueue).isZero();
  }

  @Test
  void holdsNoMoreThanItMay() {
    ImpairedLink link = link(new Impairment(MS, 0, 0, 0, 0, Bottleneck.NONE));
    for (int i = 0; i < ImpairedLink.MAX_PACKETS + 5; i++) {
      link.offer(datagram(i, 4), 0);
    }
    assertThat(link.size()).isEqualTo(ImpairedLink.MAX_PACKETS);
    assertThat(link.counters().droppedByRelay).isEqualTo(5);
  }
}
