package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;

/** The link of {@code purertc send} opened in a browser: what arrives, and in which shape. */
class DownloadPageTest extends DownloadTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    file = Files.write(folder.resolve("für dich.bin"), Bytes.of(5 << 20, 3));
  }

  @Test
  void chromiumSavesAFileUnderItsName() throws IOException {
    try (Program sender = Program.purertc("send", "--loopback", file.toString());
        Downloader browser = downloader().withoutDisk().open(Downloader.link(sender))) {
      browser.shows("file-name", "für dich.bin");
      assertThat(browser.at("file-size")).hasText("5.2 MB");
      Download download = browser.page().waitForDownload(browser::download);
      assertThat(download.suggestedFilename()).isEqualTo("für dich.bin");
      assertThat(Files.mismatch(file, download.path())).isEqualTo(-1);
      browser.isDone();
      assertThat(browser.at("download-status")).containsText("5242880 bytes");
      browser.shows("download-status", "SHA-256 ");
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  @Test
  void firefoxSavesAFileUnderItsName() throws IOException {
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    Map<String, String> preferences =
        Map.of("browser.download.folderList", "2", "browser.download.dir", "'" + downloads + "'");
    try (Firefox firefox = new Firefox(preferences);
        Program sender = Program.purertc("send", "--host", firefox.serverHost(), file.toString())) {
      FirefoxPage page = firefox.page();
      page.navigate(Downloader.link(sender));
      page.await("document.getElementById('download-button').disabled === false");
      assertThat(page.text("#file-name")).isEqualTo("für dich.bin");
      page.evaluate("document.getElementById('download-button').click()");
      page.await("document.getElementById('download-status').textContent.includes('verified')");
      page.screenshot(SCREENSHOTS.resolve("download-firefox.png"));
      assertThat(sender.exitCode()).as("%s", sender).isZero();
      Path saved = downloads.resolve("für dich.bin");
      page.awaitDownload();
      assertThat(Files.mismatch(file, saved)).isEqualTo(-1);
    }
  }

  @Test
  void streamsAFileToThePlaceThatTheUserChooses() throws IOException {
    try (Program sender = Program.purertc("send", "--loopback", file.toString());
        Downloader browser = downloader().open(Downloader.link(sender))) {
      browser.download();
      browser.isDone();
      assertThat(browser.page().evaluate("watched.name")).isEqualTo("für dich.bin");
      assertThat(browser.page().evaluate("watched.file.isClosed")).isEqualTo(true);
      assertThat(browser.written()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void aDirectoryArrivesAsOneZip() throws IOException {
    directoryArrives(true);
  }

  @Test
  @Tag("long")
  void aDirectoryArrivesAsOneZipOfMemory() throws IOException {
    directoryArrives(false);
  }

  private void directoryArrives(boolean disk) throws IOException {
    Path tree = makeTree();
    Path zip = folder.resolve("arrived.zip");
    try (Program sender = Program.purertc("send", "--loopback", tree.toString());
        Downloader browser = disk ? downloader() : downloader().withoutDisk()) {
      browser.open(Downloader.link(sender));
      browser.shows("file-name", "tree.zip");
      browser.shows("file-size", "3 files, 3 directories, 1 link");
      browser.shows("file-list", "tree/sub/größe.txt");
      if (disk) {
        browser.download();
        browser.isDone();
        Files.write(zip, browser.written());
      } else {
        browser.page().waitForDownload(browser::download).saveAs(zip);
        browser.isDone();
      }
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
    assertHoldsTree(zip, tree);
  }

  @Test
  void aStreamOfUnknownLengthArrives() throws IOException {
    streamArrives(true);
  }

  @Test
  @Tag("long")
  void aStreamOfUnknownLengthArrivesInMemory() throws IOException {
    streamArrives(false);
  }

  private void streamArrives(boolean disk) throws IOException {
    try (Program sender = Program.purertc("send", "--loopback", "--name", "log.txt", "-");
        Downloader browser = disk ? downloader() : downloader().withoutDisk()) {
      browser.open(Downloader.link(sender));
      browser.shows("file-size", "a stream of unknown length");
      browser.shows(
          "download-status", disk ? "The sender is ready." : "1.07 GB at most in this browser");
      browser.download();
      sender.type("grüß dich");
      browser.shows("download-rate", "12 bytes");
      sender.type("und tschüs");
      sender.endInput();
      browser.isDone();
      assertThat(browser.at("download-status")).containsText("24 bytes");
      if (disk) {
        assertThat(new String(browser.written(), UTF_8)).isEqualTo("grüß dich\nund tschüs\n");
      }
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  private Path makeTree() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createDirectory(tree.resolve("empty"));
    Files.write(tree.resolve("big.bin"), Bytes.of(3 << 20, 4));
    Files.createFile(tree.resolve("nothing.txt"));
    Path sub = Files.createDirectory(tree.resolve("sub"));
    Files.writeString(sub.resolve("größe.txt"), "#!/bin/sh\necho grüß dich\n");
    assertThat(sub.resolve("größe.txt").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(tree.resolve("link"), Path.of("sub", "größe.txt"));
    return tree;
  }

  private static void assertHoldsTree(Path zip, Path tree) throws IOException {
    Map<String, Boolean> modes = Map.of("enablePosixFileAttributes", true);
    try (FileSystem inside = FileSystems.newFileSystem(zip, modes);
        Stream<Path> all = Files.walk(tree)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path packed = inside.getPath("tree", tree.relativize(each).toString().split("/"));
        assertThat(Files.exists(packed)).as("%s", packed).isTrue();
        if (Files.isSymbolicLink(each)) {
          assertThat(packed).hasContent(Files.readSymbolicLink(each).toString());
        } else if (Files.isRegularFile(each)) {
          assertThat(packed).hasSameBinaryContentAs(each);
          assertThat(
                  Files.getPosixFilePermissions(packed).contains(PosixFilePermission.OWNER_EXECUTE))
              .as("%s", packed)
              .isEqualTo(Files.isExecutable(each));
          assertThat(Files.getLastModifiedTime(packed).toMillis() / 1000)
              .isEqualTo(Files.getLastModifiedTime(each).toMillis() / 1000);
        } else {
          assertThat(packed).isDirectory();
        }
      }
      try (Stream<Path> theirs = Files.walk(inside.getPath("tree"));
          Stream<Path> ours = Files.walk(tree)) {
        assertThat(theirs.count()).isEqualTo(ours.count());
      }
    }
  }

  @Test
  void aLongListIsCut() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 119; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    try (Program sender = Program.purertc("send", "--loopback", many.toString());
        Downloader browser = downloader().open(Downloader.link(sender))) {
      browser.shows("file-list", "and 20 more");
      assertThat(browser.at("file-list").locator("li")).hasCount(101);
      browser.download();
      browser.isDone();
    }
  }

  @Test
  void isReadableOnAPhone() throws IOException {
    isReadable(360);
  }

  @Test
  @Tag("long")
  void isReadableOnADesk() throws IOException {
    isReadable(1_440);
  }

  private void isReadable(int width) throws IOException {
    Path tree = makeTree();
    try (Program sender = Program.purertc("send", "--loopback", tree.toString());
        Downloader browser = downloader()) {
      Page page = browser.page();
      page.setViewportSize(width, 900);
      browser.open(Downloader.link(sender));
      browser.shows("file-name", "tree.zip");
      assertUsable(page);
      browser.download();
      browser.isDone();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve("download-chromium-" + width + ".png")));
      assertUsable(page);
    }
  }

  private static void assertUsable(Page page) {
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).as("horizontal scroll").isEqualTo(0);
    List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
    assertThat(violations).extracting(rule -> rule.getId() + " " + rule.getNodes()).isEmpty();
  }
}
