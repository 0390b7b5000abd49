package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.interop.cli.Program;

/** The data-channel lab of {@code purertc serve}: what loss does to channels of each kind. */
@Tag("interop")
class LabPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String CONNECTED =
      "document.getElementById('connection-state').textContent === 'connected'";

  /** Nothing is lost where no loss is asked for. */
  private static final String FLOWS =
      count("once", "back") + " > 20 && " + count("ordered", "back") + " > 20";

  /** Of what is never repeated something is missing. */
  private static final String LOSES =
      "parseFloat(document.getElementById('missing-once').textContent) > 0";

  private static String count(String kind, String word) {
    int group = word.equals("sent") ? 1 : 2;
    return ("Number(document.getElementById('count-%s').textContent"
            + ".match(/(\\d+) sent, (\\d+) came back/)?.[%d])")
        .formatted(kind, group);
  }

  private static String slide(String id, int value) {
    return """
    (() => {
      const slider = document.getElementById('%s');
      slider.value = %d;
      slider.dispatchEvent(new Event('input'));
    })()
    """
        .formatted(id, value);
  }

  @Test
  void chromiumLosesWhatIsSentOnce() throws IOException {
    try (Program server = Program.purertc("serve", "--port", "0");
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright);
        CallMember page =
            new CallMember(
                chromium, server.await("(http://[^/\\s]+)").group(1) + "/data-channels", "lab")) {
      page.at("start").click();
      page.await(CONNECTED);
      page.await(FLOWS);
      page.page().evaluate(slide("loss", 20));
      assertThat(page.at("loss-value")).hasText("20 %");
      page.await(LOSES);
      page.fits("lab");
      page.page().evaluate(slide("loss", 0));
      page.at("stop").click();
      assertThat(page.at("connection-state")).hasText("stopped");
      assertThat(page.at("error-line")).isEmpty();
      assertThat(page.errors()).isEmpty();
    }
  }

  @Tag("long")
  @Test
  void firefoxLosesWhatIsSentOnce() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0")) {
      FirefoxPage page = firefox.page();
      page.navigate(server.await("(http://[^/\\s]+)").group(1) + "/data-channels");
      page.evaluate("document.getElementById('start').click()");
      page.await(CONNECTED);
      page.await(FLOWS);
      page.evaluate(slide("loss", 20));
      page.await(LOSES);
      for (int width : new int[] {360, 768, 1_440}) {
        page.viewport(width, 900);
        page.await("innerWidth === " + width);
        page.screenshot(SCREENSHOTS.resolve("lab-firefox-" + width + ".png"));
        assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
        assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
      }
      assertThat(page.consoleErrors()).isEmpty();
    }
  }
}
