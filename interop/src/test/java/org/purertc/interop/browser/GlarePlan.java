package org.purertc.interop.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What both sides of a glare round do and when; the same for the same seed. */
record GlarePlan(long seed, boolean meetsAtOnce, List<Moment> java, List<Moment> page) {
  private static final int ROUND_MS = 500;
  private static final int CHOICES = 1 << 16;

  /**
   * One side does something by itself.
   *
   * @param choice which kind, transceiver, track or direction it takes of those there are then
   */
  record Moment(int atMs, Action action, int choice) {}

  /** What a side does by itself. */
  enum Action {
    CREATE,
    NEGOTIATE,
    ADD_MEDIA,
    REMOVE_TRACK,
    REPLACE_TRACK,
    CHANGE_DIRECTION
  }

  private static final List<Action> MEDIA_ACTIONS =
      List.of(
          Action.ADD_MEDIA,
          Action.REMOVE_TRACK,
          Action.REPLACE_TRACK,
          Action.CHANGE_DIRECTION,
          Action.CHANGE_DIRECTION);

  /** Both sides create data channels. */
  static GlarePlan of(long seed) {
    Random random = new Random(seed);
    boolean meetsAtOnce = random.nextInt(4) > 0;
    return new GlarePlan(seed, meetsAtOnce, side(random, meetsAtOnce), side(random, meetsAtOnce));
  }

  private static List<Moment> side(Random random, boolean meetsAtOnce) {
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(meetsAtOnce ? 0 : random.nextInt(ROUND_MS / 5), Action.CREATE, 0));
    for (int channels = random.nextInt(4); channels > 0; channels--) {
      moments.add(new Moment(random.nextInt(ROUND_MS), Action.CREATE, 0));
    }
    for (int offers = 1 + random.nextInt(4); offers > 0; offers--) {
      moments.add(new Moment(random.nextInt(ROUND_MS), Action.NEGOTIATE, 0));
    }
    return moments;
  }

  /** Both sides add, remove and replace tracks, and change directions. */
  static GlarePlan ofMedia(long seed) {
    Random random = new Random(seed);
    boolean meetsAtOnce = random.nextInt(4) > 0;
    return new GlarePlan(
        seed, meetsAtOnce, mediaSide(random, meetsAtOnce), mediaSide(random, meetsAtOnce));
  }

  private static List<Moment> mediaSide(Random random, boolean meetsAtOnce) {
    List<Moment> moments = new ArrayList<>();
    int firstMs = meetsAtOnce ? 0 : random.nextInt(ROUND_MS / 5);
    moments.add(new Moment(firstMs, Action.ADD_MEDIA, random.nextInt(CHOICES)));
    for (int changes = 2 + random.nextInt(6); changes > 0; changes--) {
      Action action = MEDIA_ACTIONS.get(random.nextInt(MEDIA_ACTIONS.size()));
      moments.add(new Moment(random.nextInt(ROUND_MS), action, random.nextInt(CHOICES)));
    }
    return moments;
  }

  boolean javaIsPolite() {
    return seed % 2 == 1;
  }
}
