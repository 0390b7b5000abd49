package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;

/** The download page when something is in the way: a pause, a broken connection, a wrong link. */
class DownloadFailureTest extends DownloadTest {
  /** At this rate the file takes a second or more: there is time to disturb it. */
  private static final String LIMIT = "20M";

  private static final int FILE_BYTES = 32 << 20;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.write(folder.resolve("for you.bin"), Bytes.of(FILE_BYTES, 7));
  }

  private Program send(String... options) {
    List<String> all = new ArrayList<>(List.of("send", "--loopback", file.toString()));
    all.addAll(List.of(options));
    return Program.purertc(all.toArray(String[]::new));
  }

  @Test
  void writesNothingWhilePausedAndGoesOn() throws Exception {
    try (Program sender = send("--limit", LIMIT);
        Downloader browser = downloader().open(Downloader.link(sender))) {
      browser.download();
      browser.await("watched.file.length >= 2 << 20");
      browser.at("pause-button").click();
      assertThat(browser.at("pause-button")).hasText("Resume");
      browser.shows("download-status", "Paused.");
      long writtenBytes = browser.number("watched.file.length");
      // What is under way already arrives; it waits to be taken, but for the message in the works.
      browser.await("watched.arrivedBytes >= (6 << 20) + " + writtenBytes);
      assertThat(browser.number("watched.file.length")).isLessThan(writtenBytes + (1 << 20));
      browser.at("pause-button").click();
      browser.isDone();
      assertSaved(browser);
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  @Test
  void goesOnByItselfWhenTheConnectionBreaks() throws Exception {
    try (Program sender = send("--limit", LIMIT);
        Downloader browser = downloader().open(Downloader.link(sender))) {
      browser.download();
      browser.await("watched.file.length >= 4 << 20");
      browser.page().evaluate("watched.connections[0].close()");
      browser.shows("download-status", "Trying again in 1 s.");
      browser.isDone();
      assertSaved(browser);
      assertThat(browser.number("watched.arrivedBytes")).isEqualTo(FILE_BYTES);
      assertThat(browser.number("watched.connections.length")).isEqualTo(2);
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  @Test
  void goesOnWhenTheSenderIsKilledAndStartedAgain() throws Exception {
    String link;
    try (Downloader browser = downloader()) {
      try (Program sender = send("--limit", LIMIT)) {
        link = Downloader.link(sender);
        browser.open(link).download();
        browser.await("watched.file.length >= 4 << 20");
        sender.kill();
      }
      browser.shows("download-status", "Trying again");
      try (Program sender = send("--limit", LIMIT)) {
        assertThat(Downloader.link(sender)).isEqualTo(link);
        browser.isDone();
        assertSaved(browser);
        assertThat(browser.number("watched.arrivedBytes")).isLessThan(FILE_BYTES + (1L << 20));
        assertThat(sender.exitCode()).as("%s", sender).isZero();
      }
    }
  }

  @Test
  @Tag("long")
  void firefoxGoesOnWhenTheSenderIsKilledAndStartedAgain() throws Exception {
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    Map<String, String> preferences =
        Map.of("browser.download.folderList", "2", "browser.download.dir", "'" + downloads + "'");
    try (Firefox firefox = new Firefox(preferences)) {
      String[] options = {
        "send", "--host", firefox.serverHost(), "--limit", LIMIT, file.toString()
      };
      FirefoxPage page = firefox.page();
      try (Program sender = Program.purertc(options)) {
        page.navigate(Downloader.link(sender));
        page.await("document.getElementById('download-button').disabled === false");
        page.evaluate("document.getElementById('download-button').click()");
        page.await("document.getElementById('download-progress').value > 0.1");
        sender.kill();
      }
      page.await("document.getElementById('download-status').textContent.includes('Trying again')");
      try (Program sender = Program.purertc(options)) {
        page.await("document.getElementById('download-status').textContent.includes('verified')");
        assertThat(sender.exitCode()).as("%s", sender).isZero();
      }
      page.awaitDownload();
      assertThat(Files.mismatch(file, downloads.resolve("for you.bin"))).isEqualTo(-1);
    }
  }

  private void assertSaved(Downloader browser) throws IOException, NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    Object written =
        browser
            .page()
            .evaluate(
                """
                async () => {
                  const { bytes, length } = watched.file;
                  const hash = await crypto.subtle.digest('SHA-256', bytes.subarray(0, length));
                  return [...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, '0')).join('');
                }
                """);
    assertThat(written).isEqualTo(HexFormat.of().formatHex(hash));
  }

  @Test
  void whoDoesNotKnowTheSecretIsToldNoName() {
    try (Program sender = send("--json");
        Downloader browser = downloader()) {
      String link = Downloader.link(sender);
      browser.open(link.replaceAll("#.*", "#AAAAAAAAAAAAAAAAAAAAAA"));
      browser.shows("error-line", "The secret of this link is not the sender’s");
      assertThat(browser.page().locator("body").innerText()).doesNotContain("for you.bin");
      assertThat(browser.at("download-button")).isDisabled();
      sender.await("does not know the secret");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', lost its secret", "#short, is damaged", "#AAAAAAAAAAAAAAAAAAAA!!, is damaged"})
  void aLinkWithoutItsSecretIsOneLineAndNoConnection(String fragment, String reason) {
    try (Program sender = send();
        Downloader browser = downloader()) {
      List<String> sockets = new CopyOnWriteArrayList<>();
      browser.page().onWebSocket(socket -> sockets.add(socket.url()));
      browser.open(Downloader.link(sender).replaceAll("#.*", fragment));
      browser.shows("error-line", reason);
      assertThat(browser.at("download-button")).isHidden();
      assertThat(sockets).isEmpty();
      assertThat(browser.number("watched.connections.length")).isZero();
    }
  }

  @Test
  void aWrongRoomIsOneLine() {
    try (Program sender = send();
        Downloader browser = downloader()) {
      browser.open(Downloader.link(sender).replaceAll("/[^/]*#", "/AAAAAAAA#"));
      assertThat(browser.page().locator("body")).containsText("Unknown link");
      assertThat(browser.page().locator("body").innerText().strip().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"404, its transfer is done", "429, wait a minute"})
  void aRoomThatIsClosedMeanwhileIsOneLine(int status, String reason) {
    try (Program sender = send();
        Downloader browser = downloader()) {
      String link = Downloader.link(sender);
      Page page = browser.page();
      page.addInitScript(
          "window.WebSocket = class extends WebSocket { constructor(u) { super(u + 'x'); } }");
      page.route(
          address -> address.equals(link.replaceAll("#.*", "")),
          route -> {
            if (route.request().isNavigationRequest()) {
              route.resume();
            } else {
              route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(status));
            }
          });
      browser.open(link);
      browser.shows("error-line", reason);
      assertThat(browser.at("again-button")).isHidden();
    }
  }

  @Test
  void aSecondReceiverIsToldToWaitAndCanTryAgain() {
    try (Program sender = send("--json");
        Downloader first = downloader()) {
      String link = Downloader.link(sender);
      first.open(link).shows("file-name", "for you.bin");
      try (Downloader second = downloader().open(link)) {
        second.shows("error-line", "serving another receiver");
        first.page().navigate("about:blank");
        sender.await("the receiver closed the channel");
        second.at("again-button").click();
        second.download();
        second.isDone();
        assertThat(sender.exitCode()).as("%s", sender).isZero();
      }
    }
  }

  @Test
  void aSenderThatLeavesIsOneLine() {
    try (Program sender = send();
        Downloader browser = downloader().open(Downloader.link(sender))) {
      browser.shows("file-name", "for you.bin");
      sender.interrupt();
      browser.shows("error-line", "When the sender runs the same command again, go on here.");
    }
  }

  @Test
  void moreThanMemoryHoldsIsRefusedBeforeTheFirstByte() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(2L << 30);
    }
    try (Program sender = send("--json");
        Downloader browser = downloader().withoutDisk().open(Downloader.link(sender))) {
      browser.shows("error-line", "more than 1.07 GB is too much");
      assertThat(browser.at("download-button")).isDisabled();
      sender.await("the receiver gave up: This browser can hold files only in memory");
    }
  }
}
