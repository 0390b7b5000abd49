package org.purertc.samples.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketTest {
  private static final long SEED = 7;
  private static final int HOUR_OF_UPDATES = 3_600_000;

  @Test
  void allSymbolsHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (Market.Symbol each : new Market(Market.MAX_SYMBOLS, new Random(SEED)).symbols()) {
      assertThat(each.name()).matches("[A-Z]{3}");
      names.add(each.name());
    }
    assertThat(names).hasSize(Market.MAX_SYMBOLS);
  }

  @Test
  void theSameSeedGivesTheSamePrices() {
    assertThat(ticks()).isEqualTo(ticks()).doesNotContainNull();
  }

  private static List<Market.Tick> ticks() {
    Market market = new Market(24, new Random(SEED));
    return IntStream.range(0, 1_000).mapToObj(i -> market.next()).toList();
  }

  @Test
  void pricesStayWithinReasonForAnHour() {
    Market market = new Market(24, new Random(SEED));
    int moves = 0;
    for (int i = 0; i < HOUR_OF_UPDATES; i++) {
      Market.Tick tick = market.next();
      int open = market.symbols().get(tick.symbol()).openCents();
      assertThat(tick.cents()).as("update %d", i).isBetween(open / 3, 3 * open);
      moves += market.takeMoves().size();
    }
    assertThat(moves).as("notifications").isBetween(HOUR_OF_UPDATES / 10_000, HOUR_OF_UPDATES / 50);
  }

  @Test
  void aMoveIsToldOnceAndInWords() {
    Market market = new Market(1, new Random(SEED));
    List<Market.Move> moves = List.of();
    while (moves.isEmpty()) {
      market.next();
      moves = market.takeMoves();
    }
    assertThat(moves).hasSize(1);
    assertThat(moves.get(0).text())
        .matches("[A-Z]{3} is (up|down) [1-9]\\.\\d %, at \\d+\\.\\d\\d")
        .contains(moves.get(0).up() ? "up" : "down");
    assertThat(market.takeMoves()).isEmpty();
  }
}
