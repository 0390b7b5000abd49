package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.purertc.interop.cli.Program;

/**
 * One user of Chromium on the download page, whose file dialog gives a file in memory; another one
 * has other cookies, storage and downloads.
 */
final class Downloader implements AutoCloseable {
  static final double LIMIT_MS = 60_000;

  private static final Path WATCH =
      Path.of("src", "test", "resources", "browser", "download-watch.js");

  private final BrowserContext context;
  private final Page page;

  Downloader(com.microsoft.playwright.Browser chromium) {
    context = chromium.newContext();
    page = context.newPage();
    page.addInitScript(WATCH);
  }

  /** The link that a sender prints, as it is or in JSON. */
  static String link(Program sender) {
    return sender.await("(http://[^\\s\"]+#[^\\s\"]+)").group(1);
  }

  Page page() {
    return page;
  }

  /** As in a browser that can only keep files in memory until they are complete. */
  Downloader withoutDisk() {
    page.addInitScript("delete window.showSaveFilePicker");
    return this;
  }

  Downloader open(String link) {
    page.navigate(link);
    page.waitForLoadState(LoadState.LOAD);
    return this;
  }

  Locator at(String id) {
    return page.getByTestId(id);
  }

  void download() {
    at("download-button").click(new Locator.ClickOptions().setTimeout(LIMIT_MS));
  }

  /** Waits until an element holds a text. */
  void shows(String id, String text) {
    assertThat(at(id))
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(LIMIT_MS));
  }

  void isDone() {
    assertThat(at("download-status"))
        .hasText(
            Pattern.compile("^Done and verified: \\d+ bytes in [0-9.]+ s, [0-9.]+ MB/s\\..*"),
            new LocatorAssertions.HasTextOptions().setTimeout(LIMIT_MS));
    assertThat(at("error-line")).isEmpty();
  }

  /** Waits until an expression is true. The page's policy forbids waitForFunction's eval. */
  void await(String expression) {
    Object is =
        page.evaluate(
            """
            () => new Promise((done) => {
              const end = Date.now() + %d;
              const look = () => {
                const is = (%s);
                if (is || Date.now() > end) done(!!is);
                else setTimeout(look, 20);
              };
              look();
            })
            """
                .formatted((long) LIMIT_MS, expression));
    if (!Boolean.TRUE.equals(is)) {
      throw new AssertionError("never true: " + expression + "; " + page.innerText("body"));
    }
  }

  long number(String expression) {
    return ((Number) page.evaluate(expression)).longValue();
  }

  /** What the page wrote to the file that the dialog gave. */
  byte[] written() {
    return Base64.getDecoder().decode((String) page.evaluate("watched.file.base64()"));
  }

  @Override
  public void close() {
    context.close();
  }
}
