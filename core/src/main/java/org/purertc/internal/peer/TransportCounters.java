package org.purertc.internal.peer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidatePair;

/**
 * What went over one transport besides STUN, by the pair that was selected. Loop thread only.
 *
 * <p>Pairs are as many as were ever selected, and ICE has at most 100.
 */
final class TransportCounters {

  /** Of one pair. */
  static final class Traffic {
    long packetsSent;
    long bytesSent;
    long packetsReceived;
    long bytesReceived;
  }

  static final Traffic NONE = new Traffic();

  private final Map<CandidatePair, Traffic> byPair = new HashMap<>(2);
  private @Nullable CandidatePair current;
  private Traffic traffic = new Traffic();
  private int changes;

  void sent(@Nullable CandidatePair pair, int bytes) {
    Traffic now = of(pair);
    now.packetsSent++;
    now.bytesSent += bytes;
  }

  void received(@Nullable CandidatePair pair, int bytes) {
    Traffic now = of(pair);
    now.packetsReceived++;
    now.bytesReceived += bytes;
  }

  private Traffic of(@Nullable CandidatePair pair) {
    if (pair != null && !pair.equals(current)) {
      changes++;
      traffic = byPair.computeIfAbsent(pair, unused -> new Traffic());
      current = pair;
    }
    return traffic;
  }

  /** {@link #NONE} for a pair that was never selected. */
  Traffic traffic(CandidatePair pair) {
    return byPair.getOrDefault(pair, NONE);
  }

  /** How often a pair was selected, the first time included. */
  int selectedPairChanges() {
    return changes;
  }

  /** Of all pairs together. */
  Traffic total() {
    Traffic sum = new Traffic();
    for (Traffic each : byPair.values()) {
      sum.packetsSent += each.packetsSent;
      sum.bytesSent += each.bytesSent;
      sum.packetsReceived += each.packetsReceived;
      sum.bytesReceived += each.bytesReceived;
    }
    return sum;
  }
}
