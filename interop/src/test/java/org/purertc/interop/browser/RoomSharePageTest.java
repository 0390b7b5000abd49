package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.web.Pages;

/** {@code send} and {@code receive} in a room with a member of the call page, in Chromium. */
@Tag("interop")
@Timeout(300)
class RoomSharePageTest {
  private static final int BYTES = 3_000_000;

  @TempDir Path folder;
  private SignalingServer server;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;
  private CallMember ada;

  @BeforeEach
  void start() throws IOException {
    server = SignalingServer.start(0, SignalingOptions.DEFAULT, Pages::configure);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright, CallMember.SLOW_CAMERA);
    ada = new CallMember(chromium, url() + "/call#tea", "Ada").join();
    ada.await(CallPage.hasTiles(1));
  }

  @AfterEach
  void stop() {
    ada.close();
    chromium.close();
    playwright.close();
    server.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private Program java(String command, String... options) {
    String[] all = {command, "--server", url(), "--room", "tea", "--loopback", "--as", "Java"};
    return Program.purertc(Stream.of(all, options).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void aMemberOfTheCallGetsAFileFromJava() throws IOException {
    Path file = Files.write(folder.resolve("from Java.bin"), Bytes.of(BYTES, 3));
    try (Program sender = java("send", file.toString())) {
      assertThat(ada.at("transfer")).containsText("Java wants to send you", CallMember.patiently());
      assertThat(ada.accepts()).isEqualTo(Files.readAllBytes(file));
      assertThat(sender.exitCode()).as("%s", sender).isZero();
      assertThat(sender.err()).last().asString().contains("verified");
    }
    ada.await(CallPage.hasTiles(1));
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void aMemberOfTheCallGivesAFileToJava() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    try (Program receiver = java("receive", "--dir", target.toString(), "--verbose")) {
      ada.await(CallPage.hasTiles(2));
      ada.drops("from the page.bin", BYTES, "body");
      assertThat(ada.at("transfer")).containsText("Java has it", CallMember.patiently());
      assertThat(receiver.exitCode()).as("%s", receiver).isZero();
    }
    assertThat(target.resolve("from the page.bin")).hasSize(BYTES);
    assertThat(ada.errors()).isEmpty();
  }
}
