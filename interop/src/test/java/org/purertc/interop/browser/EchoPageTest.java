package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;

/** The echo page as a visitor sees it: Chromium, its fake camera, {@code purertc echo-bot}. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EchoPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MS = 60_000;

  private Program bot;
  private String url;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    bot = Program.purertc("echo-bot", "--port", "0");
    url = bot.await("(http://\\S+)").group(1);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    bot.close();
  }

  @Test
  void pictureAndSoundComeBackAndBothEndsArePlotted() {
    comesBack(360, ColorScheme.DARK);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({"768, LIGHT", "1440, LIGHT"})
  void pictureAndSoundComeBackAtOtherWidths(int width, ColorScheme scheme) {
    comesBack(width, scheme);
  }

  private void comesBack(int width, ColorScheme scheme) {
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
      page.navigate(url);
      page.getByTestId("start").click();
      assertThat(page.getByTestId("connection-state"))
          .hasText("connected", new LocatorAssertions.HasTextOptions().setTimeout(LIMIT_MS));
      for (String condition : EchoPage.COMES_BACK) {
        await(page, condition);
      }
      assertThat(page.getByTestId("selected-pair")).containsText("host");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve("echo-" + width + "-" + scheme + ".png")));
      assertThat(page.evaluate(EchoPage.OVERFLOW)).as("horizontal scroll").isEqualTo(0);
      assertThat(new AxeBuilder(page).analyze().getViolations())
          .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
          .extracting(rule -> rule.getId() + " " + rule.getNodes())
          .isEmpty();
      stops(page);
    }
    assertThat(errors).isEmpty();
  }

  private static void stops(Page page) {
    Locator stop = page.getByTestId("stop");
    stop.click();
    assertThat(page.getByTestId("connection-state")).hasText("stopped");
    assertThat(stop).isDisabled();
    assertThat(page.getByTestId("start")).isEnabled();
    await(page, EchoPage.STOPPED);
    assertThat(page.getByTestId("error-line")).isEmpty();
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
