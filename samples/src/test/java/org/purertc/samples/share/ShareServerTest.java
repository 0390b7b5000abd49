package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.transfer.files.LocalTree;

/** The routes of a sender; no peer is made. */
class ShareServerTest {
  private static final String CODE = "abcdefghijklmnop";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path directory;
  private ShareServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(directory.resolve("a b.txt"), "hello");
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    FileOffer offer =
        new FileOffer(
            LocalTree.of(List.of(file), List.of()).scan(),
            () -> LocalTree.of(List.of(file), List.of()),
            false,
            new OutputOptions().reporter(nowhere, nowhere, false));
    server =
        ShareServer.start(
            InetAddress.getByName("127.0.0.1"),
            0,
            new ShareCode(CODE),
            offer,
            ShareServerTest::noPeer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RTCPeerConnection noPeer() {
    throw new IllegalStateException("no peer here");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void theLinkIsADownloadPage() throws Exception {
    assertThat(get("/" + CODE).body()).contains("download-button");
  }

  @Test
  void tellsNameAndSizeToWhoKnowsTheCode() throws Exception {
    assertThat(get("/" + CODE + "/info").body()).contains("\"a b.txt\"").contains("5");
    assertThat(get("/abcdefghijklmnoq/info").statusCode()).isEqualTo(404);
  }

  @Test
  void showsNothingWithoutACode() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/abcdefghijklmnoq").body()).startsWith("Unknown code");
  }

  @Test
  void stopsAnsweringAGuesser() throws Exception {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      assertThat(get("/wrong" + i).statusCode()).isEqualTo(404);
    }
    assertThat(get("/wrong").statusCode()).isEqualTo(429);
    assertThat(get("/" + CODE).statusCode()).isEqualTo(429);
  }

  @Test
  void theReceiverHearsThatItsCodeIsUnknown() {
    ShareLink link = ShareLink.parse("http://127.0.0.1:" + server.port() + "/abc");
    assertThatThrownBy(
            () ->
                WebSocketSignaling.open(
                    link.signaling(), Duration.ofSeconds(10), message -> {}, lost -> {}))
        .isInstanceOf(SignalingException.class)
        .hasMessageContaining("unknown code");
  }

  @Test
  void theReceiverHearsThatNobodyAnswers() {
    int port = server.port();
    server.close();
    ShareLink link = ShareLink.parse("http://127.0.0.1:" + port + "/" + CODE);
    assertThatThrownBy(
            () ->
                WebSocketSignaling.open(
                    link.signaling(), Duration.ofSeconds(10), message -> {}, lost -> {}))
        .isInstanceOf(SignalingException.class)
        .hasMessageContaining("nobody answers at 127.0.0.1:" + port);
  }
}
