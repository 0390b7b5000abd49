package org.purertc.interop.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.purertc.interop.cli.Program;

/** Clients of npm in the versions of their lock file, and programs that use them. */
public record StockClients(Path directory) {
  private static final String JAVASCRIPT = "text/javascript";
  private static final List<String> FILES =
      List.of(
          "package.json",
          "package-lock.json",
          "conversation.mjs",
          "member.mjs",
          "browser.html",
          "browser.mjs");

  /** Installs them into a directory; npm's cache may have them already. */
  public static StockClients install(Path directory) {
    try {
      for (String name : FILES) {
        try (InputStream in = StockClients.class.getResourceAsStream("/stock-clients/" + name)) {
          Files.write(directory.resolve(name), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> install =
        List.of(
            "npm",
            "--prefix",
            directory.toString(),
            "ci",
            "--prefer-offline",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund");
    try (Program npm = Program.of(install)) {
      assertThat(npm.exitCode()).as("%s", npm).isZero();
    }
    return new StockClients(directory);
  }

  /** A member that answers so many lines of chat. */
  Program member(String transport, String url, int lines) {
    return Program.of(
        List.of(
            "node",
            directory.resolve("member.mjs").toString(),
            transport,
            url,
            transport,
            Integer.toString(lines)));
  }

  /** Serves {@code browser.html} and what it loads. */
  public void configure(RoutesConfig routes) {
    serve(routes, directory.resolve("browser.html"), "text/html");
    serve(routes, directory.resolve("browser.mjs"), JAVASCRIPT);
    serve(routes, directory.resolve("conversation.mjs"), JAVASCRIPT);
    Path client = directory.resolve("node_modules/socket.io-client/dist/socket.io.esm.min.js");
    serve(routes, client, JAVASCRIPT);
  }

  private static void serve(RoutesConfig routes, Path file, String type) {
    routes.get(
        "/" + file.getFileName(),
        context -> context.contentType(type).result(Files.readAllBytes(file)));
  }
}
