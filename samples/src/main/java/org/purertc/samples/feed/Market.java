package org.purertc.samples.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Prices that wander; a machine without a clock, the same for the same random numbers. */
final class Market {
  static final int MAX_SYMBOLS = 100;

  private static final int LEAST_CENTS = 500;
  private static final int SPREAD_CENTS = 40_000;

  /** Of one update, as a share of the price. */
  private static final double STEP = 0.0006;

  /** How strongly a price is drawn to where it opened, so that it stays readable for hours. */
  private static final double PULL = 0.0002;

  /** A move that is worth a notification, as a share of the price at the last one. */
  private static final double NEWS = 0.01;

  private static final String LETTERS = "ABCDEFGHIKLMNOPRSTUVWXYZ";

  /** One price that changed. */
  record Tick(int symbol, int cents) {}

  /** A price that went far. */
  record Move(int symbol, boolean up, String text) {}

  /** What has a price. */
  static final class Symbol {
    private final String name;
    private final int openCents;
    private double cents;
    private double toldCents;

    private Symbol(String name, int openCents) {
      this.name = name;
      this.openCents = openCents;
      cents = openCents;
      toldCents = openCents;
    }

    String name() {
      return name;
    }

    int openCents() {
      return openCents;
    }

    int cents() {
      return (int) Math.round(cents);
    }
  }

  private final RandomGenerator random;
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();

  Market(int count, RandomGenerator random) {
    this.random = random;
    for (int i = 0; i < count; i++) {
      symbols.add(new Symbol(name(i), LEAST_CENTS + random.nextInt(SPREAD_CENTS)));
    }
  }

  /** Three letters; the first two tell all symbols apart. */
  private static String name(int number) {
    int letters = LETTERS.length();
    char first = LETTERS.charAt(number * 5 % letters);
    char second = LETTERS.charAt(number / letters);
    char third = LETTERS.charAt(number * 7 % letters);
    return "" + first + second + third;
  }

  List<Symbol> symbols() {
    return List.copyOf(symbols);
  }

  /** One price changes. */
  Tick next() {
    int index = random.nextInt(symbols.size());
    Symbol symbol = symbols.get(index);
    double pull = PULL * (symbol.openCents - symbol.cents) / symbol.openCents;
    symbol.cents = Math.max(1, symbol.cents * (1 + STEP * random.nextGaussian() + pull));
    double move = symbol.cents / symbol.toldCents - 1;
    if (Math.abs(move) >= NEWS) {
      symbol.toldCents = symbol.cents;
      moves.add(new Move(index, move > 0, text(symbol, move)));
    }
    return new Tick(index, symbol.cents());
  }

  private static String text(Symbol symbol, double move) {
    return String.format(
        Locale.ROOT,
        "%s is %s %.1f %%, at %.2f",
        symbol.name,
        move > 0 ? "up" : "down",
        Math.abs(100 * move),
        symbol.cents / 100);
  }

  /** What was worth a notification since the last call. */
  List<Move> takeMoves() {
    List<Move> taken = List.copyOf(moves);
    moves.clear();
    return taken;
  }
}
