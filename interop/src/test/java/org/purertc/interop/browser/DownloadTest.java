package org.purertc.interop.browser;

import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Tests of the download page: one Chromium for all of a class, and nothing else in common. */
@Tag("interop")
abstract class DownloadTest {
  private static Playwright playwright;
  private static com.microsoft.playwright.Browser chromium;

  @BeforeAll
  static void startChromium() {
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  @AfterAll
  static void stopChromium() {
    playwright.close(); // and with it what it started
  }

  static Downloader downloader() {
    return new Downloader(chromium);
  }
}
