package org.purertc.interop.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What both sides of a glare round do and when; the same for the same seed. */
record GlarePlan(long seed, boolean meetsAtOnce, List<Moment> java, List<Moment> page) {
  private static final int ROUND_MS = 500;

  /** One side does something by itself. */
  record Moment(int atMs, Action action) {}

  /** What a side does by itself. */
  enum Action {
    CREATE,
    NEGOTIATE
  }

  static GlarePlan of(long seed) {
    Random random = new Random(seed);
    boolean meetsAtOnce = random.nextInt(4) > 0;
    return new GlarePlan(seed, meetsAtOnce, side(random, meetsAtOnce), side(random, meetsAtOnce));
  }

  private static List<Moment> side(Random random, boolean meetsAtOnce) {
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(meetsAtOnce ? 0 : random.nextInt(ROUND_MS / 5), Action.CREATE));
    for (int channels = random.nextInt(4); channels > 0; channels--) {
      moments.add(new Moment(random.nextInt(ROUND_MS), Action.CREATE));
    }
    for (int offers = 1 + random.nextInt(4); offers > 0; offers--) {
      moments.add(new Moment(random.nextInt(ROUND_MS), Action.NEGOTIATE));
    }
    return moments;
  }

  boolean javaIsPolite() {
    return seed % 2 == 1;
  }
}
