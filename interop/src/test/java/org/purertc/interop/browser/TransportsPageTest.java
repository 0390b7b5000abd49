package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;

/** The page that compares transports, as a visitor sees it: Chromium and {@code purertc serve}. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TransportsPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MS = 60_000;

  private Program server;
  private String url;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    server = Program.purertc("serve", "--port", "0");
    url = server.await("(http://[^/\\s]+)").group(1);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    server.close();
  }

  @Test
  void allSevenAreMeasured() {
    compares(1_440, ColorScheme.LIGHT);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({"360, DARK", "360, LIGHT", "768, LIGHT", "768, DARK", "1440, DARK"})
  void allSevenAreMeasuredAtEachWidth(int width, ColorScheme scheme) {
    compares(width, scheme);
  }

  private void compares(int width, ColorScheme scheme) {
    List<String> errors = new CopyOnWriteArrayList<>();
    try (var context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme))) {
      Page page = context.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      page.onPageError(errors::add);
      page.navigate(url + "/transports");
      page.getByTestId("start").click();
      for (String condition : TransportsPage.COMPARES) {
        await(page, condition);
      }
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve("transports-" + width + "-" + scheme + ".png")));
      assertThat(page.evaluate(CallPage.OVERFLOW)).as("horizontal scroll").isEqualTo(0);
      assertThat(page.evaluate(CallPage.OVERLAPS)).as("overlapping controls").isEqualTo("");
      assertThat(new AxeBuilder(page).analyze().getViolations())
          .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
          .extracting(rule -> rule.getId() + " " + rule.getNodes())
          .isEmpty();
      page.getByTestId("stop").click();
      assertThat(page.getByTestId("state")).hasText("stopped");
      assertThat(page.getByTestId("start")).isEnabled();
      assertThat(page.getByTestId("error-line")).isEmpty();
    }
    assertThat(errors).isEmpty();
  }

  private static void await(Page page, String condition) {
    try {
      page.waitForFunction(
          "() => " + condition, null, new Page.WaitForFunctionOptions().setTimeout(LIMIT_MS));
    } catch (com.microsoft.playwright.TimeoutError e) {
      throw new AssertionError(condition + "; page: " + page.innerText("body"), e);
    }
  }
}
