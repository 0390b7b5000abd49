package org.purertc.samples.transports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.purertc.samples.transports.WireMeter.Reading;
import org.purertc.samples.web.Assets;

/** The page at {@code /transports}, for a server with rooms and a peer of its own. */
public final class TransportsPage {
  private static final int MOST_NAMES = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireMeter meter = new WireMeter();

  /** Adds the routes, and looks at all requests. */
  public void configure(RoutesConfig routes) {
    routes.before(meter::begin);
    routes.after(meter::end);
    routes.wsBeforeUpgrade(meter::begin);
    routes.get("/transports", ctx -> Assets.send(ctx, "transports.html"));
    routes.get("/transports/meters", this::meters);
  }

  private void meters(Context context) {
    ObjectNode readings = JSON.createObjectNode();
    String names = context.queryParam("names");
    String[] asked = names == null ? new String[0] : names.split(",", MOST_NAMES + 1);
    for (int i = 0; i < Math.min(asked.length, MOST_NAMES); i++) {
      Reading reading = meter.read(asked[i]);
      readings
          .putObject(asked[i])
          .put("requests", reading.requests())
          .put("bytesIn", reading.bytesIn())
          .put("bytesOut", reading.bytesOut());
    }
    context.contentType("application/json").result(readings.toString());
  }
}
