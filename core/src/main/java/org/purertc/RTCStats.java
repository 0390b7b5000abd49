package org.purertc;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a report: its members by their names in W3C's statistics.
 *
 * @param type W3C's word, such as {@code inbound-rtp}
 * @param id the same for the same object in every report of its connection
 * @param values whole numbers as {@link Long}, others as {@link Double}, times in seconds or
 *     milliseconds as W3C has them, {@link Boolean}, {@link String}, maps of such; a member that
 *     has no value yet is absent
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#rtcstatstype-str*">WebRTC Statistics 6</a>
 */
public record RTCStats(String type, String id, Instant timestamp, Map<String, Object> values) {

  public RTCStats {
    values = Map.copyOf(values);
  }

  /** A member; null when it is absent. */
  public @Nullable Object get(String member) {
    return values.get(member);
  }

  /** A number; 0 when it is absent. */
  public long longValue(String member) {
    return values.get(member) instanceof Number number ? number.longValue() : 0;
  }

  /** A number; 0 when it is absent. */
  public double doubleValue(String member) {
    return values.get(member) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A text; null when it is absent. */
  public @Nullable String text(String member) {
    return values.get(member) instanceof String text ? text : null;
  }
}
