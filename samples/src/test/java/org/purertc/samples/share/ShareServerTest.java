package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.SignalingUnavailableException.Reason;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.RateLimit;
import org.purertc.samples.transfer.files.LocalTree;

/** The routes of a sender; no peer is made. */
class ShareServerTest {
  private static final Room ROOM = new Room("abcdefgh");
  private static final LinkSecret SECRET = new LinkSecret("AAAAAAAAAAAAAAAAAAAAAA");

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path directory;
  private ShareServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(directory.resolve("a b.txt"), "hello");
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    Reporter silent = new OutputOptions().reporter(nowhere, nowhere, false);
    ShareOffer offer =
        new ShareOffer(
            () -> LocalTree.of(List.of(file), List.of()),
            new ShareOffer.Terms(SECRET, false, true, RateLimit.unlimited()),
            silent);
    server =
        ShareServer.start(
            InetAddress.getByName("127.0.0.1"), 0, ROOM, offer, ShareServerTest::noPeer);
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
    assertThat(get("/" + ROOM.text()).body()).contains("download-button");
  }

  @Test
  void tellsNothingAboutTheFilesByHttp() throws Exception {
    assertThat(get("/" + ROOM.text()).body()).doesNotContain("a b.txt");
    assertThat(get("/" + ROOM.text() + "/info").statusCode()).isEqualTo(404);
  }

  @Test
  void showsNothingWithoutARoom() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/abcdefgi").body()).startsWith("Unknown link");
  }

  @Test
  void stopsAnsweringAGuesser() throws Exception {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      assertThat(get("/wrong" + i).statusCode()).isEqualTo(404);
    }
    assertThat(get("/wrong").statusCode()).isEqualTo(429);
    assertThat(get("/" + ROOM.text()).statusCode()).isEqualTo(429);
  }

  private SignalingUnavailableException refusal(int port, String room) {
    ShareLink link = new ShareLink("http://127.0.0.1:" + port, new Room(room), SECRET);
    return catchThrowableOfType(
        SignalingUnavailableException.class,
        () ->
            WebSocketSignaling.open(
                link.signaling(), Duration.ofSeconds(10), message -> {}, lost -> {}));
  }

  @Test
  void theReceiverHearsThatItsLinkIsUnknown() {
    SignalingUnavailableException refusal = refusal(server.port(), "abcdefgi");
    assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_ADDRESS);
    assertThat(refusal).hasMessageContaining("does not know this link");
  }

  @Test
  void theReceiverHearsThatItIsTakenForAGuesser() {
    for (int i = 0; i < AttemptLimit.MAX_WRONG; i++) {
      refusal(server.port(), "wrong" + i);
    }
    SignalingUnavailableException refusal = refusal(server.port(), ROOM.text());
    assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
    assertThat(refusal).hasMessageContaining("wait a minute");
  }

  @Test
  void theReceiverHearsThatNobodyAnswers() {
    int port = server.port();
    server.close();
    SignalingUnavailableException refusal = refusal(port, ROOM.text());
    assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refusal).hasMessageContaining("nobody answers at 127.0.0.1:" + port);
  }
}
