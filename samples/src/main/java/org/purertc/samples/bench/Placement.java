package org.purertc.samples.bench;

/** Where the two ends of a pair are. */
enum Placement {
  ONE_LOOP("one-loop", 1),
  TWO_LOOPS("two-loops", 2),
  TWO_PROCESSES("two-processes", 1);

  private final String label;
  private final int loops;

  Placement(String label, int loops) {
    this.label = label;
    this.loops = loops;
  }

  String label() {
    return label;
  }

  /** Event loops of each process. */
  int loops() {
    return loops;
  }
}
