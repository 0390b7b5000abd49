package org.purertc.samples.share;

import java.time.Duration;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/** Whether a receiver tries once more, and when. Time comes in with the calls. */
final class Patience {
  /** {@link #delayNs} when it is better to tell the user. */
  static final long GIVE_UP = -1;

  /** Of a transfer that was under way: the other machine sleeps, a cable is out. */
  static final Duration AFTER_CONTACT = Duration.ofMinutes(2);

  /** Of a sender that serves somebody: perhaps this receiver's own last session. */
  private static final Duration WHILE_BUSY = Duration.ofSeconds(6);

  private static final Duration WHILE_BUSY_IN_ROOM = Duration.ofSeconds(20);

  private static final long FIRST_DELAY_NS = Duration.ofMillis(500).toNanos();
  private static final long LONGEST_DELAY_NS = Duration.ofSeconds(8).toNanos();

  private final Duration beforeContact;
  private final Duration afterContact;
  private final Duration whileBusy;
  private boolean contact;
  private boolean failing;
  private long failingSinceNs;
  private long nextDelayNs = FIRST_DELAY_NS;

  private Patience(Duration beforeContact, Duration afterContact, Duration whileBusy) {
    this.beforeContact = beforeContact;
    this.afterContact = afterContact;
    this.whileBusy = whileBusy;
  }

  /** What suits somebody who watches. */
  static Patience standard() {
    return new Patience(Duration.ZERO, AFTER_CONTACT, WHILE_BUSY);
  }

  /** In a room one who died is missed after five seconds only, and its place is free after that. */
  static Patience inRoom() {
    return new Patience(Duration.ZERO, AFTER_CONTACT, WHILE_BUSY_IN_ROOM);
  }

  /** As long as the user wishes, from the first try on. */
  static Patience of(Duration wish) {
    return new Patience(wish, wish, wish);
  }

  /** The sender is there: if it gets lost again, it may soon be back. */
  void onContact() {
    contact = true;
    nextDelayNs = FIRST_DELAY_NS;
  }

  /** Something new arrived: whatever went wrong before is forgotten. */
  void onProgress() {
    failing = false;
    nextDelayNs = FIRST_DELAY_NS;
  }

  /** How long to wait before the next try, or {@link #GIVE_UP}. */
  long delayNs(TransferException failure, long nowNs) {
    if (failure.code() != FailureCode.LOST && failure.code() != FailureCode.BUSY) {
      return GIVE_UP;
    }
    if (!failing) {
      failing = true;
      failingSinceNs = nowNs;
    }
    long delayNs = nextDelayNs;
    nextDelayNs = Math.min(2 * nextDelayNs, LONGEST_DELAY_NS);
    boolean late = nowNs + delayNs - failingSinceNs > limit(failure.code()).toNanos();
    return late ? GIVE_UP : delayNs;
  }

  private Duration limit(FailureCode code) {
    if (code == FailureCode.BUSY) {
      return whileBusy;
    }
    return contact ? afterContact : beforeContact;
  }
}
