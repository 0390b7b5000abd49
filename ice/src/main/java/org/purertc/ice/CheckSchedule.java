package org.purertc.ice;

import java.util.function.Consumer;
import org.purertc.ice.CheckPair.State;
import org.purertc.ice.ConnectivityCheck.Kind;
import org.purertc.ice.io.Loop;

/** Which pair is checked next, and when, RFC 8445 sections 6.1.4.2 and 14. */
final class CheckSchedule {

  /** RFC 8445 section 14.2: checks are never closer to each other than this. */
  private static final long TA_MIN_NS = 5_000_000;

  private final IceConfig config;
  private final CheckList list;
  private final ConnectivityChecks checks;
  private final Consumer<CheckPair> failing;
  private long nextOrdinaryNs;
  private long nextTriggeredNs;
  private boolean started;

  /**
   * @param failing takes the pairs whose turn came and that may not be checked any more
   */
  CheckSchedule(
      IceConfig config, CheckList list, ConnectivityChecks checks, Consumer<CheckPair> failing) {
    this.config = config;
    this.list = list;
    this.checks = checks;
    this.failing = failing;
  }

  /**
   * Sends at most one check; the next one waits at least {@link #TA_MIN_NS}.
   *
   * @param ordinarily whether pairs are checked that nothing triggered
   */
  void sendCheck(boolean ordinarily, long nowNs) {
    if (list.hasTriggered()) {
      CheckPair pair = nowNs < nextTriggeredNs ? null : list.nextTriggered();
      if (pair != null) {
        sendOrFail(pair, pair.nominating ? Kind.NOMINATION : Kind.TRIGGERED, nowNs);
      }
    } else if (nowNs >= nextOrdinaryNs && ordinarily) {
      CheckPair pair = list.nextOrdinary();
      while (pair != null && !sendOrFail(pair, Kind.ORDINARY, nowNs)) {
        pair = list.nextOrdinary();
      }
    }
  }

  private boolean sendOrFail(CheckPair pair, Kind kind, long nowNs) {
    boolean mayCheck = list.mayCheck(pair);
    if (mayCheck) {
      send(pair, kind, nowNs);
    } else {
      failing.accept(pair);
    }
    return mayCheck;
  }

  private void send(CheckPair pair, Kind kind, long nowNs) {
    if (!pair.isValid()) {
      pair.state = State.IN_PROGRESS;
    }
    started = true;
    pair.requestsSent++;
    nextOrdinaryNs = nowNs + Math.max(config.taNs(), TA_MIN_NS);
    nextTriggeredNs = nowNs + TA_MIN_NS;
    // RFC 8445 section 14.3: RTO = MAX (500ms, Ta * (Num-Waiting + Num-In-Progress)).
    long rtoNs = Math.max(ConnectivityChecks.RTO_MIN_NS, config.taNs() * list.active());
    checks.send(pair, kind, rtoNs, nowNs);
  }

  /** Whether a check was sent. */
  boolean hasStarted() {
    return started;
  }

  /**
   * @param ordinarily whether pairs are checked that nothing triggered
   */
  long nextDeadlineNs(boolean ordinarily) {
    if (list.hasTriggered()) {
      return nextTriggeredNs;
    }
    return ordinarily && list.hasOrdinary() ? nextOrdinaryNs : Loop.NEVER;
  }
}
