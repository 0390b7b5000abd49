package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One member of a call: a visitor with a Chromium profile of its own. */
final class CallMember implements AutoCloseable {
  /** Several pictures are encoded and decoded at once, on whatever machine this is. */
  static final String SLOW_CAMERA = "--use-fake-device-for-media-stream=fps=5";

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MS = 120_000;
  private static final int[] WIDTHS = {1_440, 768, 360};

  private final String name;
  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  /** Opens the page; {@code script} runs before those of the page. */
  CallMember(com.microsoft.playwright.Browser browser, String url, String name, String script) {
    this(
        name,
        browser
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setViewportSize(1_440, 900))
            .newPage());
    page.setDefaultNavigationTimeout(LIMIT_MS);
    page.addInitScript(script);
    page.navigate(url);
  }

  private CallMember(String name, Page page) {
    this.name = name;
    this.page = page;
    context = page.context();
    page.setDefaultTimeout(LIMIT_MS);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
  }

  CallMember(com.microsoft.playwright.Browser browser, String url, String name) {
    this(browser, url, name, "");
  }

  /** Presses Join, as soon as there is something to be seen of oneself. */
  CallMember join() {
    await(CallPage.moves("You"));
    return joinAsIs();
  }

  CallMember joinAsIs() {
    at("name").fill(name);
    at("join").click();
    return this;
  }

  /** The page that a link opens beside this one; it closes with this one. */
  CallMember opens(String id) {
    return new CallMember(name, context.waitForPage(() -> at(id).click()));
  }

  Locator at(String id) {
    return page.getByTestId(id);
  }

  Page page() {
    return page;
  }

  List<String> errors() {
    return errors;
  }

  void await(String condition) {
    try {
      page.waitForFunction("() => " + condition);
    } catch (com.microsoft.playwright.TimeoutError e) {
      throw new AssertionError(condition + "; page: " + page.innerText("body"), e);
    }
  }

  void seesAndHears(String other) {
    await(CallPage.moves(other));
    await(CallPage.hears(other));
  }

  void says(String text) {
    at("chat-input").fill(text);
    at("chat-input").press("Enter");
  }

  void reads(String text) {
    assertThat(at("chat-log")).containsText(text, patiently());
  }

  void showsInMembers(String text) {
    assertThat(at("members")).containsText(text, patiently());
  }

  static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(LIMIT_MS);
  }

  /** Drops a file of {@code bytes} zeros, with a pattern in between, on an element of the page. */
  void drops(String fileName, int bytes, String selector) {
    page.evaluate(
        """
        ([name, bytes, selector]) => {
          const content = new Uint8Array(bytes);
          for (let i = 0; i < bytes; i += 997) content[i] = i;
          const data = new DataTransfer();
          data.items.add(new File([content], name));
          const event = { dataTransfer: data, bubbles: true, cancelable: true };
          const target = document.querySelector(selector);
          target.dispatchEvent(new DragEvent('dragover', event));
          target.dispatchEvent(new DragEvent('drop', event));
        }
        """,
        List.of(fileName, bytes, selector));
  }

  /** Accepts the file that is offered, and gives it. */
  byte[] accepts() throws IOException {
    at("accept").click();
    Download download = page.waitForDownload(() -> at("save").click());
    return Files.readAllBytes(download.path());
  }

  /**
   * At each width, light and dark: nothing sticks out or lies upon another, nothing is unreadable.
   */
  void fits(String what) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    for (int width : WIDTHS) {
      page.setViewportSize(width, 900);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String where = what + "-" + width + "-" + scheme;
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(where + ".png")));
        assertThat(page.evaluate(CallPage.OVERFLOW)).as("scroll at " + where).isEqualTo(0);
        assertThat(page.evaluate(CallPage.OVERLAPS)).as(where).isEqualTo("");
        // Colours depend on the scheme, not on the width.
        if (scheme == ColorScheme.LIGHT || width == 360) {
          assertAccessible(where);
        }
      }
    }
  }

  private void assertAccessible(String where) {
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
        .extracting(rule -> rule.getId() + " " + rule.getNodes())
        .as(where)
        .isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
