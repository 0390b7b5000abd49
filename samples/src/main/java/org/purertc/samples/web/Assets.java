package org.purertc.samples.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** The static files of the pages, from the class path. */
public final class Assets {
  /** No separators and one dot: nothing but the files beside this class can be named. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(html|css|js|json|svg)");

  private Assets() {}

  /** Answers with the file {@code name}. */
  public static void send(Context ctx, String name) throws IOException {
    try (InputStream in =
        NAME.matcher(name).matches() ? Assets.class.getResourceAsStream(name) : null) {
      if (in == null) {
        ctx.status(HttpStatus.NOT_FOUND).result("There is no file " + ctx.path() + " here.");
        return;
      }
      ctx.contentType(type(name)).result(in.readAllBytes());
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.indexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "json" -> "application/json";
      default -> "image/svg+xml";
    };
  }
}
