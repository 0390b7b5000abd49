package org.purertc.samples.share;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong rooms for each address. Who guesses one has nothing without the secret; this keeps
 * the guesser from even loading the machine.
 */
final class AttemptLimit {
  static final int MAX_WRONG = 10;
  static final long FORGET_NS = 60_000_000_000L;

  /** Addresses remembered at once; the oldest is forgotten first. */
  static final int MAX_ADDRESSES = 1_024;

  private record Wrong(int count, long lastNs) {}

  private final Map<String, Wrong> addresses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  /** Whether {@code address} has to wait. */
  synchronized boolean blocks(String address, long nowNs) {
    Wrong wrong = addresses.get(address);
    if (wrong == null) {
      return false;
    }
    if (nowNs - wrong.lastNs >= FORGET_NS) {
      addresses.remove(address);
      return false;
    }
    return wrong.count >= MAX_WRONG;
  }

  synchronized void wrong(String address, long nowNs) {
    Wrong before = addresses.get(address);
    addresses.put(address, new Wrong(before == null ? 1 : before.count + 1, nowNs));
  }
}
