package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;

/** The demo page as a visitor with Firefox sees it. */
@Tag("interop")
class FirefoxDemoPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Preference {@code layout.css.prefers-color-scheme.content-override}. */
  private static final Map<String, String> SCHEMES = Map.of("DARK", "0", "LIGHT", "1");

  @TempDir Path folder;

  @Test
  void showsAConnectionAChatAndFilesAtEveryWidth() throws IOException {
    showsAll("DARK", 1_048_576);
  }

  @Test
  @Tag("long")
  void carriesAHundredMegabytesEachWay() throws IOException {
    showsAll("LIGHT", 104_857_600);
  }

  private void showsAll(String scheme, int bytes) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Path file = folder.resolve("to Java.bin");
    Files.write(file, Bytes.of(bytes, 5));
    Map<String, String> preferences =
        Map.of("layout.css.prefers-color-scheme.content-override", SCHEMES.get(scheme));
    try (Firefox firefox = new Firefox(preferences);
        Program demo = Program.purertc("demo", "--host", firefox.serverHost(), "--port", "0")) {
      String url = demo.await("(http://\\S+)").group(1);
      FirefoxPage page = firefox.page();
      page.navigate(url);
      page.await(has("connection-state", "textContent === 'connected'"));
      page.await(has("selected-pair", "textContent.includes('host')"));
      assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
          .isEqualTo(scheme.equals("DARK"));
      chats(page);
      page.chooseFile("#send-input", file);
      sameHashes(page, "send");
      page.evaluate(has("fetch-size", "value = '%d'".formatted(bytes)));
      page.evaluate(has("fetch-button", "click()"));
      sameHashes(page, "fetch");
      for (int width : new int[] {360, 768, 1_440}) {
        fits(page, width, SCREENSHOTS.resolve("demo-firefox-" + width + "-" + scheme + ".png"));
      }
      assertThat(page.text("#error-line")).isEmpty();
      assertThat(page.consoleErrors()).isEmpty();
    }
  }

  private static void chats(FirefoxPage page) {
    page.await(has("chat-send", "disabled === false"));
    page.evaluate(has("chat-input", "value = 'grüß dich, Java'"));
    page.evaluate(has("chat-send", "click()"));
    page.await(has("chat-log", "textContent.includes('Java: grüß dich, Java')"));
    page.await(has("rtt-ping", "textContent.includes('ms')"));
  }

  private static void sameHashes(FirefoxPage page, String direction) {
    String id = direction + "-hash-";
    page.await("/^[0-9a-f]{64}$/.test(" + has(id + "local", "textContent") + ")");
    page.await("/^[0-9a-f]{64}$/.test(" + has(id + "remote", "textContent") + ")");
    assertThat(page.text("#" + id + "local")).isEqualTo(page.text("#" + id + "remote"));
    assertThat(page.text("#" + direction + "-rate")).contains("MB/s");
  }

  private static void fits(FirefoxPage page, int width, Path screenshot) {
    page.viewport(width, 900);
    page.await("innerWidth === " + width);
    page.screenshot(screenshot);
    assertThat(
            page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .asInt())
        .as("horizontal scroll at " + width)
        .isZero();
  }

  private static String has(String id, String what) {
    return "document.getElementById('" + id + "')." + what;
  }
}
