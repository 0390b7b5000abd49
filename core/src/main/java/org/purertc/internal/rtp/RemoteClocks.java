package org.purertc.internal.rtp;

import java.util.LinkedHashMap;
import java.util.Map;

/** One clock for each CNAME, RFC 3550 section 6.5.1: streams with the same one have one clock. */
final class RemoteClocks {
  /** So many CNAMEs at once; the one that was new first is forgotten. */
  static final int MAX_CLOCKS = 64;

  private final Map<String, RemoteClock> clocks = new LinkedHashMap<>();

  /**
   * @param cname empty for streams that have none
   */
  RemoteClock of(String cname) {
    RemoteClock known = clocks.get(cname);
    if (known == null) {
      if (clocks.size() == MAX_CLOCKS) {
        clocks.remove(clocks.keySet().iterator().next());
      }
      known = new RemoteClock();
      clocks.put(cname, known);
    }
    return known;
  }

  int count() {
    return clocks.size();
  }
}
