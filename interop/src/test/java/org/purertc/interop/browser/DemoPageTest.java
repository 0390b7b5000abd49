package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;

/** The demo page as a visitor sees it: Chromium with its default settings, {@code purertc demo}. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MS = 60_000;
  private static final LocatorAssertions.HasTextOptions PATIENTLY =
      new LocatorAssertions.HasTextOptions().setTimeout(LIMIT_MS);

  @TempDir static Path folder;

  private Program demo;
  private String url;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    demo = Program.purertc("demo", "--port", "0");
    url = demo.await("(http://\\S+)").group(1);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    demo.close();
  }

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "1440, DARK"})
  void showsAConnectionAChatAndFiles(int width, ColorScheme scheme) throws IOException {
    showsAll(width, scheme);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({"360, DARK", "768, LIGHT"})
  void showsAConnectionAChatAndFilesAtOtherWidths(int width, ColorScheme scheme)
      throws IOException {
    showsAll(width, scheme);
  }

  private void showsAll(int width, ColorScheme scheme) throws IOException {
    try (Visitor visitor = new Visitor(width, scheme)) {
      visitor.chats();
      visitor.sends(1 << 20);
      visitor.fetches(1 << 20);
      visitor.page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve("demo-" + width + "-" + scheme + ".png")));
      Object overflow =
          visitor.page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(overflow).as("horizontal scroll").isEqualTo(0);
      List<Rule> violations = new AxeBuilder(visitor.page).analyze().getViolations();
      assertThat(violations)
          .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
          .extracting(rule -> rule.getId() + " " + rule.getNodes())
          .isEmpty();
      visitor.assertQuiet();
    }
  }

  @Test
  @Tag("long")
  void carriesAHundredMegabytesEachWay() throws IOException {
    try (Visitor visitor = new Visitor(1_440, ColorScheme.LIGHT)) {
      visitor.sends(100 << 20);
      visitor.fetches(104_857_600);
      visitor.assertQuiet();
    }
  }

  @Test
  void saysInOneLineThatTheServerIsGone() {
    try (Program other = Program.purertc("demo", "--port", "0");
        Visitor visitor =
            new Visitor(other.await("(http://\\S+)").group(1), 1_440, ColorScheme.LIGHT)) {
      other.kill();
      assertThat(visitor.at("error-line"))
          .not()
          .isEmpty(new LocatorAssertions.IsEmptyOptions().setTimeout(LIMIT_MS));
    }
  }

  /** One visit of the page. */
  private final class Visitor implements AutoCloseable {
    private final com.microsoft.playwright.BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Visitor(int width, ColorScheme scheme) {
      this(url, width, scheme);
    }

    Visitor(String address, int width, ColorScheme scheme) {
      context =
          chromium.newContext(
              new com.microsoft.playwright.Browser.NewContextOptions()
                  .setViewportSize(width, 900)
                  .setColorScheme(scheme));
      page = context.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      page.onPageError(errors::add);
      page.navigate(address);
      assertThat(at("connection-state")).hasText("connected", PATIENTLY);
      assertThat(at("selected-pair")).containsText("host");
    }

    Locator at(String id) {
      return page.getByTestId(id);
    }

    void chats() {
      at("chat-input").fill("grüß dich, Java");
      at("chat-send").click();
      assertThat(at("chat-log")).containsText("Java: grüß dich, Java");
      assertThat(at("rtt-ping")).containsText("ms");
    }

    void sends(int bytes) throws IOException {
      Path file = folder.resolve("to Java " + bytes + ".bin");
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int written = 0; written < bytes; written += 1 << 20) {
          out.write(Bytes.of(1 << 20, written));
        }
      }
      at("send-input").setInputFiles(file);
      sameHashes("send");
      Files.delete(file);
    }

    void fetches(int bytes) {
      at("fetch-size").selectOption(Integer.toString(bytes));
      at("fetch-button").click();
      sameHashes("fetch");
    }

    private void sameHashes(String direction) {
      LocatorAssertions.HasTextOptions options = PATIENTLY;
      java.util.regex.Pattern hash = java.util.regex.Pattern.compile("^[0-9a-f]{64}$");
      assertThat(at(direction + "-hash-local")).hasText(hash, options);
      assertThat(at(direction + "-hash-remote")).hasText(hash, options);
      assertThat(at(direction + "-hash-local").textContent())
          .isEqualTo(at(direction + "-hash-remote").textContent());
      assertThat(at(direction + "-rate")).containsText("MB/s");
    }

    void assertQuiet() {
      assertThat(errors).isEmpty();
      assertThat(at("error-line")).isEmpty();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
