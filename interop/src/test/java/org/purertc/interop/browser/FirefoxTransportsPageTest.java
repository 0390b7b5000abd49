package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.interop.cli.Program;

/** The page that compares transports, as a visitor with Firefox sees it. */
@Tag("interop")
@Tag("long")
class FirefoxTransportsPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @Test
  @Timeout(180)
  void allSevenAreMeasured() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0")) {
      String url = server.await("(http://[^/\\s]+)").group(1);
      FirefoxPage page = firefox.page();
      page.navigate(url + "/transports");
      page.evaluate("document.getElementById('start').click()");
      for (String condition : TransportsPage.COMPARES) {
        page.await(condition);
      }
      for (int width : new int[] {360, 768, 1_440}) {
        page.viewport(width, 900);
        page.await("innerWidth === " + width);
        page.screenshot(SCREENSHOTS.resolve("transports-firefox-" + width + ".png"));
        assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
        assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
      }
      page.evaluate("document.getElementById('stop').click()");
      page.await("document.getElementById('state').textContent === 'stopped'");
      assertThat(page.text("#error-line")).isEmpty();
      assertThat(page.consoleErrors()).isEmpty();
    }
  }
}
