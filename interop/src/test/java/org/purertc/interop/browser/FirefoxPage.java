package org.purertc.interop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tab of Firefox, driven by WebDriver BiDi. */
final class FirefoxPage implements AutoCloseable {
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final CompletableFuture<JsonNode> downloaded = new CompletableFuture<>();
  private final WebDriverBidi bidi;
  private final String context;

  private FirefoxPage(URI browser) {
    bidi = new WebDriverBidi(browser, this::onEvent);
    ObjectNode session = WebDriverBidi.parameters();
    session.putObject("capabilities");
    bidi.run("session.new", session);
    ObjectNode events = WebDriverBidi.parameters();
    events.putArray("events").add("log.entryAdded").add("browsingContext.downloadEnd");
    bidi.run("session.subscribe", events);
    context = newTab();
  }

  private FirefoxPage(FirefoxPage first) {
    bidi = first.bidi;
    context = newTab();
  }

  private String newTab() {
    return bidi.run("browsingContext.create", WebDriverBidi.parameters().put("type", "tab"))
        .get("context")
        .asText();
  }

  static FirefoxPage connect(int port) {
    return new FirefoxPage(URI.create("ws://127.0.0.1:" + port + "/session"));
  }

  /** One more tab, which goes with this one; what goes wrong in it is told here. */
  FirefoxPage tab() {
    return new FirefoxPage(this);
  }

  private void onEvent(String method, JsonNode event) {
    if (method.equals("log.entryAdded") && event.path("level").asText().equals("error")) {
      errors.add(event.path("text").asText());
    }
    if (method.equals("browsingContext.downloadEnd")) {
      downloaded.complete(event);
    }
  }

  private ObjectNode inPage() {
    return WebDriverBidi.parameters().put("context", context);
  }

  void navigate(String url) {
    bidi.run("browsingContext.navigate", inPage().put("url", url).put("wait", "complete"));
  }

  void viewport(int width, int height) {
    ObjectNode parameters = inPage();
    parameters.putObject("viewport").put("width", width).put("height", height);
    bidi.run("browsingContext.setViewport", parameters);
  }

  /** The value of a JavaScript expression: text, a number, or whether it is true. */
  JsonNode evaluate(String expression) {
    ObjectNode parameters = WebDriverBidi.parameters();
    parameters.putObject("target").put("context", context);
    parameters.put("expression", expression).put("awaitPromise", true);
    JsonNode result = bidi.run("script.evaluate", parameters);
    if (!result.path("type").asText().equals("success")) {
      throw new AssertionError(expression + ": " + result);
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    JsonNode done =
        evaluate(
            "new Promise((done) => { const end = Date.now() + 60000; const look = () =>"
                + " { const is = (%s); if (is || Date.now() > end) done(!!is);"
                    .formatted(expression)
                + " else setTimeout(look, 50); }; look(); })");
    if (!done.asBoolean()) {
      throw new AssertionError("never true: " + expression + "; page: " + text("body"));
    }
  }

  String text(String selector) {
    return evaluate("document.querySelector('" + selector + "').innerText").asText();
  }

  void chooseFile(String selector, Path file) {
    ObjectNode locate = inPage();
    locate.putObject("locator").put("type", "css").put("value", selector);
    JsonNode node = bidi.run("browsingContext.locateNodes", locate).get("nodes").get(0);
    ObjectNode parameters = inPage();
    parameters.putObject("element").set("sharedId", node.get("sharedId"));
    parameters.putArray("files").add(file.toAbsolutePath().toString());
    bidi.run("input.setFiles", parameters);
  }

  /** Waits until a download has its name. */
  void awaitDownload() {
    JsonNode end = BrowserPeer.get(downloaded);
    if (!end.path("status").asText().equals("complete")) {
      throw new AssertionError(end.toString());
    }
  }

  void screenshot(Path file) {
    String data =
        bidi.run("browsingContext.captureScreenshot", inPage().put("origin", "document"))
            .get("data")
            .asText();
    try {
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> consoleErrors() {
    return errors;
  }

  @Override
  public void close() {
    bidi.close();
  }
}
