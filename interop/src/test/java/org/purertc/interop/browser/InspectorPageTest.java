package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.interop.cli.Program;

/** The inspector of {@code purertc serve}: both ends of a connection in one page. */
@Tag("interop")
class InspectorPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @Test
  void chromiumShowsBothEndsWithMediaAndSavesAFile() throws IOException {
    try (Program server = Program.purertc("serve", "--port", "0");
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright, CallMember.SLOW_CAMERA);
        CallMember page =
            new CallMember(
                chromium, server.await("(http://[^/\\s]+)").group(1) + "/inspect", "inspector")) {
      page.at("media").check();
      page.at("start").click();
      InspectorPage.OF_THE_SERVER.forEach(page::await);
      page.await(CallPage.shows("transport-here", "DTLS 1.2"));
      page.await(CallPage.shows("transport-java", "opus"));
      page.at("show-answer").check();
      page.await(CallPage.shows("sdp", "Who begins DTLS"));
      page.at("end").selectOption("java");
      page.await(CallPage.shows("members", "timestamp"));
      page.fits("inspect");
      Download download = page.page().waitForDownload(() -> page.at("save").click());
      JsonNode saved = new ObjectMapper().readTree(Files.readString(download.path()));
      assertThat(saved.path("descriptions").path("answer").asText()).startsWith("v=0");
      assertThat(saved.path("timeline")).hasSizeGreaterThan(10);
      assertThat(saved.path("statistics").path("java")).isNotEmpty();
      page.at("stop").click();
      assertThat(page.at("connection-state")).hasText("stopped");
      assertThat(page.errors()).isEmpty();
    }
  }

  @Tag("long")
  @Test
  void firefoxShowsBothEnds() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0")) {
      FirefoxPage page = firefox.page();
      page.navigate(server.await("(http://[^/\\s]+)").group(1) + "/inspect");
      page.evaluate("document.getElementById('start').click()");
      InspectorPage.OF_THE_SERVER.forEach(page::await);
      for (int width : new int[] {360, 768, 1_440}) {
        page.viewport(width, 900);
        page.await("innerWidth === " + width);
        page.screenshot(SCREENSHOTS.resolve("inspect-firefox-" + width + ".png"));
        assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
        assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
      }
      assertThat(page.consoleErrors()).isEmpty();
    }
  }
}
