package org.purertc.ice;

/** The ports that sessions may bind, each one of its own; both ends included. */
public record PortRange(int first, int last) {

  private static final int LAST_PORT = 65_535;

  /** Any port that the system has free. */
  public static final PortRange ANY = new PortRange(0, 0);

  public PortRange {
    boolean any = first == 0 && last == 0;
    if (!any && (first < 1 || last > LAST_PORT || last < first)) {
      throw new IllegalArgumentException(
          "ports " + first + " to " + last + ": give a range within 1 to " + LAST_PORT);
    }
  }

  int size() {
    return last - first + 1;
  }
}
