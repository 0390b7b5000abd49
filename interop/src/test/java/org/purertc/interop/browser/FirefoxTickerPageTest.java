package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.interop.cli.Program;

/** The ticker page in Firefox, fed by {@code purertc feed}. */
@Tag("interop")
@Tag("long")
@Timeout(300)
class FirefoxTickerPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @Test
  void pricesComeByServerSentEventsAndNoneIsMissed() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0")) {
      String url = server.await("(http://[^/\\s]+)").group(1);
      FirefoxPage page = firefox.page();
      try (Program feed = Program.purertc("feed", "tea", "--server", url)) {
        page.navigate(url + "/ticker#tea");
        page.await("document.getElementById('transport').options.length > 2");
        page.evaluate("document.getElementById('transport').value = 'eventstream'");
        page.evaluate("document.getElementById('connect').click()");
        page.await(TickerPage.PRICES_MOVE);
        page.await(TickerPage.LATENCY_IS_TOLD);
        page.await(TickerPage.IS_NOTIFIED);
        page.await(TickerPage.IS_BATCHED);
        assertThat(page.evaluate("document.getElementById('missed').textContent").asText())
            .isEqualTo("0");
        fits(page);
        assertThat(feed.isRunning()).isTrue();
        feed.interrupt();
        page.await(CallPage.shows("state", "nobody feeds it yet"));
      }
      assertThat(page.consoleErrors()).isEmpty();
    }
  }

  private static void fits(FirefoxPage page) {
    for (int width : new int[] {360, 768, 1_440}) {
      page.viewport(width, 900);
      page.await("innerWidth === " + width);
      page.screenshot(SCREENSHOTS.resolve("ticker-firefox-" + width + ".png"));
      assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
      assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
    }
  }
}
