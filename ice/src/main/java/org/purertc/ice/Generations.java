package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/**
 * The generation that checks and carries data; one before it, while data still goes over its pair
 * or may be on its way; one to come, when our half of a restart waits for the remote's.
 */
final class Generations {

  /**
   * How long requests and data of a generation are still taken after the next one was selected: the
   * other side may be later by some lost checks.
   */
  private static final long GRACE_NS = 10_000_000_000L;

  private final IceConfig config;
  private final IceSession session;
  private Generation current;
  private @Nullable Generation previous;
  private @Nullable Generation pending;
  private List<Generation> all;
  private List<String> ufrags;
  private boolean closed;

  Generations(IceConfig config, IceSession session) {
    this.config = config;
    this.session = session;
    var credentials = new ShortTermCredentials(session.newCredentials());
    current = new Generation(config, session, credentials, new Candidates());
    all = List.of(current);
    ufrags = List.of(credentials.local.ufrag());
  }

  Generation current() {
    return current;
  }

  /** The one that a restart has prepared, else the current one. */
  Generation newest() {
    Generation next = pending;
    return next == null ? current : next;
  }

  /** Newest first. */
  List<Generation> all() {
    return all;
  }

  /** Whether anything is answered. */
  boolean areAlive() {
    return !closed && (!current.failed || pending != null);
  }

  private void changed() {
    Generation old = previous;
    Generation next = pending;
    if (old == null && next == null) {
      all = List.of(current);
    } else if (next == null) {
      all = List.of(current, old);
    } else {
      all = old == null ? List.of(next, current) : List.of(next, current, old);
    }
    ufrags = all.stream().map(each -> each.credentials.local.ufrag()).distinct().toList();
  }

  void prepare(ShortTermCredentials credentials) {
    pending = new Generation(config, session, credentials, current.establishment.candidates());
    changed();
  }

  void cancel() {
    pending = null;
    changed();
  }

  /** Whether these remote credentials begin a generation of checks. */
  boolean begins(IceCredentials remote) {
    return pending != null || !remote.equals(current.credentials.remote());
  }

  /** The generation that remote credentials which have just come belong to, current from now on. */
  Generation begin(@Nullable CheckPair selected) {
    Generation next = pending;
    if (next == null && current.credentials.remote() == null) {
      return current;
    }
    if (next == null) {
      // The remote side alone has new credentials, as another one that answers the same offer has.
      var same = new ShortTermCredentials(current.credentials.local);
      next = new Generation(config, session, same, current.establishment.candidates());
      next.localComplete = current.localComplete;
    }
    if (selected != null && !mayBeRelayed(selected)) {
      next.establishment.follow(selected);
    }
    Generation old = previous;
    if (selected != null && current.establishment.owns(selected)) {
      current.establishment.quiesce();
      old = current;
    } else {
      current.clear();
    }
    previous = old;
    current = next;
    pending = null;
    changed();
    return next;
  }

  /** A relay is a candidate that the other side tells, with its address; checks may overtake it. */
  private boolean mayBeRelayed(CheckPair pair) {
    boolean allTold =
        pair.remote().type() == CandidateType.PEER_REFLEXIVE
            && pair.local.candidate().type() != CandidateType.RELAYED
            && owning(pair).remoteComplete;
    return pair.mayBeRelayed() && !allTold;
  }

  /** The generation whose ufrag a request names; null when there is none. */
  @Nullable Generation asked(@Nullable String username) {
    Generation found = null;
    if (username != null) {
      for (Generation each : all) {
        if (each.credentials.isAsked(username)) {
          if (each.credentials.mayBeFrom(username)) {
            return each;
          }
          found = found == null ? each : found;
        }
      }
    }
    return found;
  }

  List<String> ufrags() {
    return ufrags;
  }

  Generation owning(CheckPair pair) {
    Generation old = previous;
    return old != null && old.establishment.owns(pair) ? old : current;
  }

  boolean isValidated(PathId path, InetSocketAddress from) {
    for (Generation each : all) {
      if (each.establishment.isValidated(path, from) || each.early.contains(path, from)) {
        return true;
      }
    }
    return false;
  }

  void addLocal(LocalCandidate candidate) {
    current.establishment.addLocal(candidate);
    Generation next = pending;
    if (next != null) {
      next.establishment.addLocal(candidate);
    }
  }

  void removeLocal(PathId path) {
    all.forEach(each -> each.establishment.removeLocal(path));
  }

  void onConnectionLost(PathId path, InetSocketAddress remote, @Nullable CheckPair selected) {
    for (Generation each : all) {
      each.early.remove(path, remote);
      each.establishment.onConnectionLost(path, remote, selected);
    }
  }

  void onRoleChange() {
    all.forEach(each -> each.establishment.onRoleChange());
  }

  /** Whether data still goes over a pair of before the restart. */
  boolean isRestarting() {
    Generation old = previous;
    return old != null && old.retiresNs == Loop.NEVER;
  }

  /**
   * The pair for data. After a restart the one of before stays until one of the new generation is
   * nominated, RFC 8445 section 9, or valid when the old one does not answer.
   */
  @Nullable CheckPair usable(boolean silent, long nowNs) {
    CheckPair best = current.establishment.usable();
    Generation old = previous;
    if (old == null || old.retiresNs != Loop.NEVER) {
      return best;
    }
    CheckPair before = old.establishment.usable();
    boolean wins = best != null && (silent || current.establishment.isNominated());
    if (before != null && !wins) {
      return before;
    }
    if (best != null || before == null) {
      old.establishment.quiesce();
      old.retiresNs = nowNs + GRACE_NS;
    }
    return best;
  }

  /** The pair of before the restart has lost consent. */
  void retirePrevious() {
    Generation old = previous;
    if (old != null) {
      old.clear();
    }
    previous = null;
    changed();
  }

  boolean isCompleted(boolean wasCompleted) {
    return !isRestarting()
        && pending == null
        && current.localComplete
        && current.remoteComplete
        && (wasCompleted || current.establishment.isOver());
  }

  /** Checks have failed or consent has expired: only a restart goes on from here. */
  void failCurrent() {
    retirePrevious();
    current.clear();
    current.failed = true;
  }

  long nextDeadlineNs(boolean hasPair) {
    long next = hasPair || current.failed ? Loop.NEVER : current.patienceEndNs();
    for (int i = 0; i < all.size(); i++) {
      Generation each = all.get(i);
      next = Math.min(next, Math.min(each.retiresNs, each.establishment.nextDeadlineNs()));
    }
    return next;
  }

  void onDeadline(long nowNs) {
    for (Generation each : all) {
      each.establishment.onDeadline(nowNs);
    }
    Generation old = previous;
    if (old != null && nowNs >= old.retiresNs) {
      retirePrevious();
    }
  }

  void close() {
    all.forEach(Generation::clear);
    closed = true;
  }
}
