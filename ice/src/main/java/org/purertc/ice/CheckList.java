package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check list of our one data stream and its triggered-check queue, RFC 8445 section 6.1.2. */
final class CheckList {

  /** RFC 8445 section 6.1.2.5: the recommended limit of all check lists together. */
  static final int MAX_PAIRS = 100;

  /** RFC 8489 section 6.2.1: Rc, as many as one transaction sends. */
  static final int MAX_UNANSWERED = ConnectivityCheck.MAX_SENDS;

  /** Addresses that only checks told us about; a remote side could invent them without end. */
  static final int MAX_PEER_REFLEXIVE = 16;

  /** Highest priority first; equal ones in the order in which they came. */
  private final List<CheckPair> pairs = new ArrayList<>(2);

  private final ArrayDeque<CheckPair> triggered = new ArrayDeque<>(2);

  List<CheckPair> pairs() {
    return pairs;
  }

  @Nullable CheckPair find(PathId path, InetSocketAddress remote) {
    for (int i = 0; i < pairs.size(); i++) {
      CheckPair pair = pairs.get(i);
      if (pair.isOn(path, remote)) {
        return pair;
      }
    }
    return null;
  }

  /**
   * Adds a pair of signalled candidates.
   *
   * @return the pair that had to leave for it, the pair itself when the list is full of better
   *     ones, or null
   */
  @Nullable CheckPair add(CheckPair pair) {
    insert(pair);
    return pairs.size() > MAX_PAIRS ? evictLast(pair) : null;
  }

  private CheckPair evictLast(CheckPair fallback) {
    // RFC 8445 section 6.1.2.5: the pairs of lowest priority are discarded; never working ones.
    for (int i = pairs.size() - 1; i >= 0; i--) {
      if (!pairs.get(i).isValid()) {
        CheckPair last = pairs.get(i);
        remove(last);
        return last;
      }
    }
    remove(fallback);
    return fallback;
  }

  /**
   * Adds a pair that a check from an unknown address made.
   *
   * @param keep the selected pair, which never leaves
   * @return the pair that had to leave for it, or null
   */
  @Nullable CheckPair addPeerReflexive(CheckPair pair, @Nullable CheckPair keep) {
    CheckPair evicted = null;
    int count = 0;
    for (CheckPair other : pairs) {
      if (other.remote().type() == CandidateType.PEER_REFLEXIVE) {
        count++;
        boolean worse = evicted == null || !other.isValid() && evicted.isValid();
        if (other != keep && worse) {
          evicted = other;
        }
      }
    }
    insert(pair);
    if (count >= MAX_PEER_REFLEXIVE && evicted != null) {
      remove(evicted);
      return evicted;
    }
    return pairs.size() > MAX_PAIRS ? evictLast(pair) : null;
  }

  private void insert(CheckPair pair) {
    int at = 0;
    while (at < pairs.size() && pairs.get(at).priority >= pair.priority) {
      at++;
    }
    pairs.add(at, pair);
  }

  void remove(CheckPair pair) {
    pairs.remove(pair);
    triggered.remove(pair);
  }

  /** RFC 8445 section 7.3.1.1: a new role means new pair priorities. */
  void prioritize(IceRole role) {
    for (CheckPair pair : pairs) {
      pair.prioritize(role);
    }
    pairs.sort((a, b) -> Long.compare(b.priority, a.priority));
  }

  /** RFC 8445 section 7.3.1.4: at the end of the queue, once. */
  void trigger(CheckPair pair) {
    if (!triggered.contains(pair)) {
      triggered.add(pair);
    }
  }

  boolean hasTriggered() {
    return !triggered.isEmpty();
  }

  @Nullable CheckPair nextTriggered() {
    return triggered.poll();
  }

  void untrigger(CheckPair pair) {
    triggered.remove(pair);
  }

  boolean hasOrdinary() {
    for (int i = 0; i < pairs.size(); i++) {
      CheckPair.State state = pairs.get(i).state;
      if (state == CheckPair.State.WAITING || isThawable(pairs.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** RFC 8445 section 6.1.4.2: the best waiting pair, else the best frozen one that may thaw. */
  @Nullable CheckPair nextOrdinary() {
    for (CheckPair pair : pairs) {
      if (pair.state == CheckPair.State.WAITING && !triggered.contains(pair)) {
        return pair;
      }
    }
    for (CheckPair pair : pairs) {
      if (isThawable(pair)) {
        return pair;
      }
    }
    return null;
  }

  private boolean isThawable(CheckPair frozen) {
    if (frozen.state != CheckPair.State.FROZEN) {
      return false;
    }
    for (int i = 0; i < pairs.size(); i++) {
      CheckPair other = pairs.get(i);
      boolean active =
          other.state == CheckPair.State.WAITING || other.state == CheckPair.State.IN_PROGRESS;
      if (active && other.hasFoundationOf(frozen)) {
        return false;
      }
    }
    return true;
  }

  /** How many pairs are WAITING or IN_PROGRESS; the RTO depends on it, RFC 8445 section 14.3. */
  int active() {
    int count = 0;
    for (CheckPair pair : pairs) {
      if (pair.state == CheckPair.State.WAITING || pair.state == CheckPair.State.IN_PROGRESS) {
        count++;
      }
    }
    return count;
  }

  boolean hasInProgress() {
    for (CheckPair pair : pairs) {
      if (pair.state == CheckPair.State.IN_PROGRESS) {
        return true;
      }
    }
    return false;
  }

  boolean hasOpen() {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).isOpen()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The valid pair of highest priority.
   *
   * @param but not this one
   */
  @Nullable CheckPair bestValid(@Nullable CheckPair but) {
    for (int i = 0; i < pairs.size(); i++) {
      CheckPair pair = pairs.get(i);
      if (pair.isValid() && pair != but) {
        return pair;
      }
    }
    return null;
  }

  /** Whether a pair before this one may still become valid. */
  boolean mayImproveOn(CheckPair pair) {
    for (CheckPair better : pairs) {
      if (better == pair) {
        return false;
      }
      if (better.isOpen()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether one more check may go to the remote address of this pair, which may be that of somebody
   * who never asked for checks (RFC 8445 section 19.5.1): one that has not answered yet gets a few
   * over all pairs, and one more for each authentic check that came from it.
   */
  boolean mayCheck(CheckPair pair) {
    int unanswered = 0;
    for (int i = 0; i < pairs.size(); i++) {
      CheckPair other = pairs.get(i);
      if (other.remote().hasTransportAddressOf(pair.remote())) {
        if (other.responsesReceived > 0) {
          return true;
        }
        unanswered += other.unanswered;
      }
    }
    return unanswered < MAX_UNANSWERED;
  }

  void clear() {
    pairs.clear();
    triggered.clear();
  }
}
