package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that were answered before the remote description was known: they are remembered, so that
 * triggered checks follow as soon as the remote credentials come (RFC 8445 section 7.3.1.4).
 */
final class EarlyChecks {

  /** A remote side has few paths to us; the rest repeats its checks anyway. */
  static final int MAX_CHECKS = 8;

  /**
   * @param nominationValue of the attribute NOMINATION, 0 without it
   */
  record EarlyCheck(
      PathId path,
      InetSocketAddress from,
      long priority,
      boolean useCandidate,
      long nominationValue) {}

  private @Nullable List<EarlyCheck> checks;

  void add(EarlyCheck check) {
    List<EarlyCheck> known = checks;
    if (known == null) {
      known = new ArrayList<>(1);
      checks = known;
    }
    known.removeIf(c -> c.from().equals(check.from()) && c.path().equals(check.path()));
    if (known.size() < MAX_CHECKS) {
      known.add(check);
    }
  }

  void remove(PathId path, InetSocketAddress from) {
    List<EarlyCheck> known = checks;
    if (known != null) {
      known.removeIf(check -> check.from().equals(from) && check.path().equals(path));
    }
  }

  boolean contains(PathId path, InetSocketAddress from) {
    List<EarlyCheck> known = checks;
    if (known != null) {
      for (EarlyCheck check : known) {
        if (check.from().equals(from) && check.path().equals(path)) {
          return true;
        }
      }
    }
    return false;
  }

  List<EarlyCheck> takeAll() {
    List<EarlyCheck> all = checks;
    checks = null;
    return all == null ? List.of() : all;
  }
}
