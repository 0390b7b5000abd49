package org.purertc.internal.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a statistics report, W3C WebRTC statistics section 5.
 *
 * @param type W3C's word, {@code inbound-rtp}
 * @param id the same for the same object in every report of its connection
 * @param timestampMs since 1970
 * @param values by W3C's member names: Long, Double, Boolean, String, or a map of such
 */
public record StatsEntry(String type, String id, double timestampMs, Map<String, Object> values) {

  /** Collects the members of one entry in their order; absent ones are left out. */
  public static final class Builder {
    private final String type;
    private final String id;
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Builder(String type, String id) {
      this.type = type;
      this.id = id;
    }

    /** Leaves the member out when there is no value. */
    public Builder put(String member, @Nullable Object value) {
      if (value != null) {
        values.put(member, value instanceof Integer number ? Long.valueOf(number) : value);
      }
      return this;
    }

    /** A time in W3C's seconds. */
    public Builder seconds(String member, long ns) {
      return put(member, ns / 1e9);
    }

    public StatsEntry at(double timestampMs) {
      return new StatsEntry(type, id, timestampMs, Collections.unmodifiableMap(values));
    }
  }
}
