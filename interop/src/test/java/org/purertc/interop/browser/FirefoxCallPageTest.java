package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;

/** The call page as a member with Firefox sees it, with one who has Chromium. */
@Tag("interop")
class FirefoxCallPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int FILE_BYTES = 1_000_000;

  @TempDir Path folder;

  @Test
  void firefoxAndChromiumSeeEachOtherChatAndExchangeFiles() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0");
        Playwright playwright = Chromium.playwright()) {
      String url = server.await("(http://[^/\\s]+)").group(1);
      FirefoxPage bob = firefox.page();
      // Firefox sees no loopback; Chromium gives cameras to nothing but that, unless it is told to.
      String trust = "--unsafely-treat-insecure-origin-as-secure=" + url;
      try (var chromium = Chromium.launch(playwright, trust, CallMember.SLOW_CAMERA);
          CallMember ada = new CallMember(chromium, url + "/call#tea", "Ada")) {
        ada.join();
        bob.navigate(url + "/call#tea");
        bob.await(CallPage.moves("You"));
        bob.evaluate(CallPage.join("Bob"));
        bob.await(CallPage.moves("Ada"));
        bob.await(CallPage.hears("Ada"));
        ada.seesAndHears("Bob");
        chat(ada, bob);
        files(ada, bob);
        fits(bob);
        bob.evaluate("document.getElementById('camera-switch').click()");
        ada.await(CallPage.isDark("Bob"));
        bob.evaluate("document.getElementById('camera-switch').click()");
        ada.await(CallPage.moves("Bob"));
        ada.at("leave").click();
        bob.await(CallPage.hasTiles(1));
        assertThat(ada.errors()).isEmpty();
        assertThat(bob.consoleErrors()).isEmpty();
      }
    }
  }

  @Tag("long")
  @Test
  void firefoxInspectsTheConnectionWithJava() {
    try (Firefox firefox = new Firefox();
        Program server = Program.purertc("serve", "--host", firefox.serverHost(), "--port", "0")) {
      String url = server.await("(http://[^/\\s]+)").group(1);
      try (Program java = Program.purertc("join", "java", "--server", url, "--name", "Java")) {
        java.await("joined");
        FirefoxPage bob = firefox.page();
        bob.navigate(url + "/call#java");
        bob.await(CallPage.moves("You"));
        bob.evaluate(CallPage.join("Bob"));
        bob.await(CallPage.moves("Java"));
        String link = bob.evaluate("document.querySelector('[data-testid=inspect]').href").asText();
        FirefoxPage inspector = bob.tab();
        inspector.navigate(link);
        InspectorPage.OF_JAVA_IN_A_CALL.forEach(inspector::await);
        assertThat(bob.consoleErrors()).isEmpty();
      }
    }
  }

  private static void chat(CallMember ada, FirefoxPage bob) {
    ada.says("hello Firefox");
    bob.await(CallPage.shows("chat-log", "Ada: hello Firefox"));
    bob.evaluate("document.getElementById('chat-input').value = 'hello Chromium'");
    bob.evaluate("document.getElementById('chat-send').click()");
    ada.reads("Bob: hello Chromium");
  }

  private void files(CallMember ada, FirefoxPage bob) throws IOException {
    Path file = folder.resolve("from Firefox.bin");
    Files.write(file, Bytes.of(FILE_BYTES, 7));
    bob.chooseFile("#file-input", file);
    assertThat(ada.accepts()).isEqualTo(Files.readAllBytes(file));
    bob.await(CallPage.shows("transfers", "Ada has it"));
    ada.drops("from Chromium.bin", FILE_BYTES, "body");
    bob.await("document.querySelector('.accept:not([hidden])') !== null");
    bob.evaluate("document.querySelector('.accept:not([hidden])').click()");
    bob.await(CallPage.shows("transfers", "Here, whole"));
    assertThat(ada.at("transfers")).containsText("Bob has it", CallMember.patiently());
  }

  private static void fits(FirefoxPage page) {
    for (int width : new int[] {360, 768, 1_440}) {
      page.viewport(width, 900);
      page.await("innerWidth === " + width);
      page.screenshot(SCREENSHOTS.resolve("call-firefox-" + width + ".png"));
      assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
      assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
    }
  }
}
