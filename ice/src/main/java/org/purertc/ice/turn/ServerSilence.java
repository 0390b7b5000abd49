package org.purertc.ice.turn;

import org.purertc.ice.io.Loop;

/**
 * How long a server has let what we sent go without anything in return. Peers may be silent, too:
 * only a request tells whether it is the server that is gone.
 */
final class ServerSilence {

  private static final long SECOND_NS = 1_000_000_000L;

  /** Longer than the way to a peer and back takes. */
  static final long DOUBT_NS = 2 * SECOND_NS;

  /** Longer than one request goes unanswered: on a bad network that alone is no proof. */
  static final long DEATH_NS = 60 * SECOND_NS;

  /** How often we ask a server whose peers do not answer. */
  static final long INTERVAL_NS = 10 * SECOND_NS;

  private long sinceNs = Loop.NEVER;
  private long dueNs = Loop.NEVER;

  void onSent(long nowNs) {
    if (sinceNs == Loop.NEVER) {
      sinceNs = nowNs;
      if (dueNs == Loop.NEVER) {
        dueNs = nowNs + DOUBT_NS;
      }
    }
  }

  void onHeard() {
    sinceNs = Loop.NEVER;
  }

  boolean isDoubtful(long nowNs) {
    return lasts(DOUBT_NS, nowNs);
  }

  boolean isDeath(long nowNs) {
    return lasts(DEATH_NS, nowNs);
  }

  private boolean lasts(long durationNs, long nowNs) {
    return sinceNs != Loop.NEVER && nowNs - sinceNs >= durationNs;
  }

  /** Whether the server is to be asked now; what came in the meantime is looked at only here. */
  boolean asks(long nowNs) {
    if (nowNs < dueNs) {
      return false;
    }
    boolean doubtful = isDoubtful(nowNs);
    if (doubtful) {
      dueNs = nowNs + INTERVAL_NS;
    } else {
      dueNs = sinceNs == Loop.NEVER ? Loop.NEVER : sinceNs + DOUBT_NS;
    }
    return doubtful;
  }

  long nextDeadlineNs() {
    return dueNs;
  }

  void clear() {
    sinceNs = Loop.NEVER;
    dueNs = Loop.NEVER;
  }
}
