package org.purertc.ice.io;

import java.lang.System.Logger.Level;

/** Logs exceptions that reached the loop, at most one a second; the others are counted. */
final class FailureLog {

  private static final System.Logger LOGGER = System.getLogger("org.purertc.ice.io");
  private static final long INTERVAL_NS = 1_000_000_000L;

  private final String loop;
  private long quietUntilNs;
  private long suppressed;

  FailureLog(String loop) {
    this.loop = loop;
  }

  /** Never throws: what cannot be logged is only counted. */
  void report(String where, Throwable failure, long nowNs) {
    if (nowNs < quietUntilNs) {
      suppressed++;
      return;
    }
    quietUntilNs = nowNs + INTERVAL_NS;
    String others = suppressed == 0 ? "" : ", and " + suppressed + " more since the last report";
    suppressed = 0;
    try {
      LOGGER.log(Level.ERROR, loop + ": exception in " + where + others, failure);
    } catch (RuntimeException | Error broken) {
      suppressed++;
    }
  }
}
