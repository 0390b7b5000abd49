package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.interop.cli.Program;

/** The echo page as a visitor with Firefox sees it. */
@Tag("interop")
@Tag("long")
class FirefoxEchoPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @Test
  void pictureAndSoundComeBackAndBothEndsArePlotted() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program bot = Program.purertc("echo-bot", "--host", firefox.serverHost(), "--port", "0")) {
      String url = bot.await("(http://\\S+)").group(1);
      FirefoxPage page = firefox.page();
      page.navigate(url);
      page.evaluate("document.getElementById('start').click()");
      page.await("document.getElementById('connection-state').textContent === 'connected'");
      for (String condition : EchoPage.COMES_BACK) {
        page.await(condition);
      }
      for (int width : new int[] {360, 768, 1_440}) {
        page.viewport(width, 900);
        page.await("innerWidth === " + width);
        page.screenshot(SCREENSHOTS.resolve("echo-firefox-" + width + ".png"));
        assertThat(page.evaluate(EchoPage.OVERFLOW).asInt())
            .as("horizontal scroll at " + width)
            .isZero();
      }
      page.evaluate("document.getElementById('stop').click()");
      page.await("document.getElementById('connection-state').textContent === 'stopped'");
      page.await(EchoPage.STOPPED);
      assertThat(page.text("#error-line")).isEmpty();
      assertThat(page.consoleErrors()).isEmpty();
    }
  }
}
