package org.purertc;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.stats.StatsEntry;

/**
 * Statistics of one moment. Immutable.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcstatsreport-object">WebRTC 8.3, RTCStatsReport</a>
 */
public final class RTCStatsReport {
  private final Map<String, RTCStats> byId = new LinkedHashMap<>();

  RTCStatsReport(List<StatsEntry> entries) {
    for (StatsEntry entry : entries) {
      Instant timestamp = Instant.ofEpochMilli(Math.round(entry.timestampMs()));
      byId.put(entry.id(), new RTCStats(entry.type(), entry.id(), timestamp, entry.values()));
    }
  }

  /** The object of that id; null when there is none. */
  public @Nullable RTCStats get(String id) {
    return byId.get(id);
  }

  /** All objects. */
  public Collection<RTCStats> values() {
    return List.copyOf(byId.values());
  }

  /** Those of one type, such as {@code inbound-rtp}. */
  public List<RTCStats> ofType(String type) {
    return byId.values().stream().filter(stats -> stats.type().equals(type)).toList();
  }

  @Override
  public String toString() {
    return byId.values().toString();
  }
}
