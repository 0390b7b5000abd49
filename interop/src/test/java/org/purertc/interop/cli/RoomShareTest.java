package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;

/** {@code send} and {@code receive}, each a process, in a room of a server. */
@Tag("interop")
@Timeout(300)
class RoomShareTest {
  private static final int BYTES = 3_000_000;
  private static final int LARGE_BYTES = 20_000_000;
  private static final String SLOWLY = "4M";
  private static final String TOKEN = "let me in";

  @TempDir Path temporary;
  private ShareFolder folder;
  private SignalingServer server;

  @BeforeEach
  void start() throws IOException {
    folder = new ShareFolder(temporary);
    server = start(0);
  }

  private static SignalingServer start(int port) throws IOException {
    return SignalingServer.start(port, SignalingOptions.DEFAULT.withToken(TOKEN));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String[] inRoom(String... options) {
    String url = "http://127.0.0.1:" + server.port();
    List<String> all = new ArrayList<>(List.of("--server", url, "--room", "tea", "--token", TOKEN));
    all.addAll(Arrays.asList(options));
    return all.toArray(String[]::new);
  }

  private Program send(Path file, String... options) {
    return ShareFolder.send(file, inRoom(options));
  }

  private Program receive(String... options) {
    return Program.purertc(
        concat(
            new String[] {"receive", "--loopback", "--dir", folder.target().toString()},
            inRoom(options)));
  }

  private static String[] concat(String[] first, String[] second) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(second));
    return all.toArray(String[]::new);
  }

  private void arrived(Path file) {
    assertThat(folder.target().resolve(file.getFileName().toString())).hasSameBinaryContentAs(file);
  }

  @Test
  void aReceiverComesToASenderWhoTellsTheCommandForIt() throws IOException {
    Path file = folder.file("a.bin", BYTES);
    try (Program sender = send(file)) {
      String told = sender.await("^purertc receive (--server .*)$").group(1);
      assertThat(told).isEqualTo("--server http://127.0.0.1:" + server.port() + " --room tea");
      try (Program receiver = receive()) {
        succeeds(receiver);
        succeeds(sender);
        arrived(file);
        String hash = ShareFolder.sha256(file);
        assertThat(receiver.err()).last().asString().contains("direct over IPv", "verified", hash);
        assertThat(sender.err()).last().asString().contains("direct over IPv", "verified", hash);
      }
    }
  }

  @Test
  void aSenderComesToAReceiverWhoWaits() throws IOException {
    Path tree = folder.source("tree");
    folder.file("tree/a/deep.bin", BYTES);
    folder.file("tree/empty", 0);
    try (Program receiver = receive("--ask", "--verbose", "--transport", "event_stream")) {
      receiver.type("y");
      try (Program sender = send(tree)) {
        succeeds(receiver);
        succeeds(sender);
      }
    }
    assertThat(folder.target().resolve("tree/a/deep.bin"))
        .hasSameBinaryContentAs(tree.resolve("a/deep.bin"));
    assertThat(folder.target().resolve("tree/empty")).isEmptyFile();
  }

  @Test
  void aTransferGoesOnWhileItsServerIsStartedAnew() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program sender = send(file, "--limit", SLOWLY, "--json");
        Program receiver = receive("--json")) {
      receiver.await("\"progress\"");
      int port = server.port();
      server.close();
      receiver.await("\"progress\"");
      server = start(port);
      succeeds(receiver);
      succeeds(sender);
      arrived(file);
      assertThat(receiver.out()).as("one connection").noneMatch(it -> it.contains("\"retry\""));
      assertThat(sender.out()).as("one connection").noneMatch(it -> it.contains("\"waiting\""));
    }
  }

  @Test
  @Tag("long")
  void whoWasKilledGoesOnWhenRunAgain() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program killed = send(file, "--limit", SLOWLY);
        Program receiver = receive("--limit", SLOWLY, "--json")) {
      receiver.await("\"progress\"");
      killed.kill();
      try (Program sender = send(file)) {
        receiver.await("\"progress\"");
        receiver.kill();
        try (Program again = receive()) {
          succeeds(again);
          succeeds(sender);
          assertThat(again.err()).anyMatch(line -> line.startsWith("goes on at "));
        }
      }
      arrived(file);
    }
  }
}
