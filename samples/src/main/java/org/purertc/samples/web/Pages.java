package org.purertc.samples.web;

import io.javalin.config.RoutesConfig;

/** The pages that need nothing but the rooms of a signalling server. */
public final class Pages {

  private Pages() {}

  /** Adds the index at {@code /} and each page under its name. */
  public static void configure(RoutesConfig routes) {
    routes.get("/", ctx -> Assets.send(ctx, "index.html"));
    routes.get("/call", ctx -> Assets.send(ctx, "call.html"));
    routes.get("/ticker", ctx -> Assets.send(ctx, "ticker.html"));
    routes.get("/doctor", ctx -> Assets.send(ctx, "doctor.html"));
    routes.get("/data-channels", ctx -> Assets.send(ctx, "lab.html"));
    routes.get("/inspect", ctx -> Assets.send(ctx, "inspect.html"));
  }
}
