package org.purertc.samples.transports;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Counts what requests put on their connections, heads and framing included. Each request says by
 * {@code meter} in its query to which count it belongs; those without are not counted. A WebSocket
 * counts as long as it lives. Browsers use one connection for many requests, one after the other.
 */
final class WireMeter {
  private static final int MOST_METERS = 1_000;
  private static final int LONGEST_NAME = 32;
  private static final int FEW_LINES = 64;

  /** What belongs to one name. */
  record Reading(long requests, long bytesIn, long bytesOut) {
    static final Reading NONE = new Reading(0, 0, 0);

    Reading plus(long moreRequests, long moreIn, long moreOut) {
      return new Reading(requests + moreRequests, bytesIn + moreIn, bytesOut + moreOut);
    }

    Reading plus(Reading other) {
      return plus(other.requests, other.bytesIn, other.bytesOut);
    }
  }

  /** A connection, and the part of it that is not in any reading yet. */
  private static final class Line {
    private final Connection http;
    private @Nullable String meter;
    private long countedIn;
    private long countedOut;

    Line(Connection http) {
      this.http = http;
    }

    /** What came and went; an upgraded connection counts anew. */
    Reading pending(EndPoint end) {
      Connection now = end.getConnection();
      Reading request =
          new Reading(0, http.getBytesIn() - countedIn, http.getBytesOut() - countedOut);
      boolean upgraded = now != null && now != http;
      return upgraded ? request.plus(0, now.getBytesIn(), now.getBytesOut()) : request;
    }
  }

  private final Map<EndPoint, Line> lines = new HashMap<>();
  private int sweepAt = FEW_LINES;
  private final Map<String, Reading> readings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reading> eldest) {
          return size() > MOST_METERS;
        }
      };

  /** A request has come: what left since the last one was the last one's answer. */
  synchronized void begin(Context context) {
    Connection http = connection(context.req());
    EndPoint end = http.getEndPoint();
    if (lines.size() >= sweepAt) {
      forgetClosed();
      sweepAt = 2 * lines.size() + FEW_LINES;
    }
    Line line = lines.computeIfAbsent(end, it -> new Line(http));
    if (line.meter != null) {
      add(line.meter, new Reading(0, 0, http.getBytesOut() - line.countedOut));
    }
    line.countedOut = http.getBytesOut();
    String meter = context.queryParam("meter");
    line.meter = meter == null || meter.length() > LONGEST_NAME ? null : meter;
    if (line.meter != null) {
      add(line.meter, new Reading(1, 0, 0));
    }
  }

  /** A request is obeyed: it has come whole, and its answer may still leave. */
  synchronized void end(Context context) {
    Connection http = connection(context.req());
    Line line = lines.get(http.getEndPoint());
    if (line != null) {
      if (line.meter != null) {
        add(line.meter, new Reading(0, http.getBytesIn() - line.countedIn, 0));
      }
      line.countedIn = http.getBytesIn();
    }
  }

  /** What belongs to {@code meter} until now. */
  synchronized Reading read(String meter) {
    Reading reading = readings.getOrDefault(meter, Reading.NONE);
    for (Map.Entry<EndPoint, Line> line : lines.entrySet()) {
      if (meter.equals(line.getValue().meter)) {
        reading = reading.plus(line.getValue().pending(line.getKey()));
      }
    }
    return reading;
  }

  private void forgetClosed() {
    lines
        .entrySet()
        .removeIf(
            it -> {
              boolean gone = !it.getKey().isOpen();
              String meter = it.getValue().meter;
              if (gone && meter != null) {
                add(meter, it.getValue().pending(it.getKey()));
              }
              return gone;
            });
  }

  private void add(String meter, Reading more) {
    readings.merge(meter, more, Reading::plus);
  }

  private static Connection connection(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection();
  }
}
