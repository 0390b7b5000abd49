package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;

/** The link of {@code purertc send} opened in a browser. */
@Tag("interop")
class DownloadPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    file = Files.write(folder.resolve("für dich.bin"), Bytes.of(5 << 20, 3));
  }

  @Test
  void chromiumDownloadsTheFile() throws IOException {
    try (Program sender = Program.purertc("send", "--loopback", file.toString());
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright)) {
      Page page = chromium.newPage();
      // The dialog that chooses a file needs a screen and a user.
      page.addInitScript("delete window.showSaveFilePicker");
      page.navigate(link(sender));
      assertThat(page.getByTestId("file-name")).hasText("für dich.bin");
      Download download = page.waitForDownload(page.getByTestId("download-button")::click);
      assertThat(download.suggestedFilename()).isEqualTo("für dich.bin");
      assertThat(Files.mismatch(file, download.path())).isEqualTo(-1);
      assertThat(page.getByTestId("download-verdict")).containsText("Complete");
      assertThat(page.getByTestId("error-line")).isEmpty();
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("download-chromium.png")));
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  @Test
  void firefoxDownloadsTheFile() throws IOException {
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    Map<String, String> preferences =
        Map.of("browser.download.folderList", "2", "browser.download.dir", "'" + downloads + "'");
    try (Firefox firefox = new Firefox(preferences);
        Program sender = Program.purertc("send", "--host", firefox.serverHost(), file.toString())) {
      FirefoxPage page = firefox.page();
      page.navigate(link(sender));
      page.await("document.getElementById('download-button').disabled === false");
      assertThat(page.text("#file-name")).isEqualTo("für dich.bin");
      page.evaluate("document.getElementById('download-button').click()");
      page.await("document.getElementById('download-verdict').textContent.includes('Complete')");
      page.screenshot(SCREENSHOTS.resolve("download-firefox.png"));
      assertThat(sender.exitCode()).as("%s", sender).isZero();
      Path saved = downloads.resolve("für dich.bin");
      page.awaitDownload();
      assertThat(Files.mismatch(file, saved)).isEqualTo(-1);
    }
  }

  @Test
  void aWrongCodeIsOneLine() {
    try (Program sender = Program.purertc("send", "--loopback", file.toString());
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright)) {
      Page page = chromium.newPage();
      page.navigate(link(sender) + "x");
      assertThat(page.locator("body"))
          .containsText(
              "Unknown code", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
      assertThat(page.locator("body").innerText().strip().lines()).hasSize(1);
    }
  }

  private static String link(Program sender) {
    return sender.await("^(http://\\S+)$").group(1);
  }
}
