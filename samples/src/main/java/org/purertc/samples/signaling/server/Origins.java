package org.purertc.samples.signaling.server;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to this server. Browsers let a page of any server open a WebSocket and post
 * a form to any other; they say who asks, and leave it to the server to refuse.
 */
final class Origins {
  private static final String ANY = "*";

  private final Set<String> allowed;

  /**
   * @param allowed such as {@code https://example.org}, or {@code *} for any; pages of the server
   *     itself always are
   */
  Origins(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Refuses a page that may not; lets other pages read the answer (CORS). */
  void check(Context context) {
    String origin = context.header("Origin");
    if (origin == null) {
      return; // no page
    }
    if (!isAllowed(origin, context.header("Host"))) {
      throw new ForbiddenResponse("pages of " + clean(origin) + " may not use this server");
    }
    context.header("Access-Control-Allow-Origin", origin);
    context.header("Vary", "Origin");
    context.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
    context.header("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
    context.header("Access-Control-Max-Age", "600");
  }

  private boolean isAllowed(String origin, @Nullable String host) {
    return allowed.contains(ANY) || allowed.contains(origin) || isOfHost(origin, host);
  }

  private static boolean isOfHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String clean(String origin) {
    return origin.replaceAll("[^A-Za-z0-9:/.-]", "?");
  }
}
