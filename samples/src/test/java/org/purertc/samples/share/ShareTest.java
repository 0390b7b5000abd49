package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.files.LocalTarget;
import org.purertc.samples.transfer.files.LocalTree;

/** {@code send} and {@code receive} in one JVM, over real sockets. */
class ShareTest {
  private static final long LIMIT_SECONDS = 60;

  private final PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
  private final Reporter silent = new OutputOptions().reporter(nowhere, nowhere, false);
  @TempDir private Path source;
  @TempDir private Path target;
  private PeerConnectionFactory factory;

  @BeforeEach
  void start() {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
  }

  @AfterEach
  void stop() {
    factory.close();
  }

  private FileOffer offer(Path file, boolean many) throws IOException {
    return new FileOffer(
        LocalTree.of(List.of(file), List.of()).scan(),
        () -> LocalTree.of(List.of(file), List.of()),
        many,
        silent);
  }

  private ShareServer serve(FileOffer offer) throws IOException {
    InetAddress host = InetAddress.getByName("127.0.0.1");
    return ShareServer.start(
        host,
        0,
        new ShareCode("code"),
        offer,
        () -> factory.createPeerConnection(RTCConfiguration.DEFAULT));
  }

  private TransferResult receive(ShareServer server, boolean force) throws IOException {
    ShareLink link = ShareLink.parse("http://127.0.0.1:" + server.port() + "/code");
    try (RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      return Reception.run(link, peer, new LocalTarget(target, force), TransferListener.NONE);
    }
  }

  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(source.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, 3_000_000})
  void aFileArrives(int bytes) throws Exception {
    Path file = file("data", bytes);
    FileOffer offer = offer(file, false);
    try (ShareServer server = serve(offer)) {
      TransferResult received = receive(server, false);
      TransferResult sent = offer.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(received).isEqualTo(sent);
      assertThat(target.resolve("data")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void keepsANameWithSpacesThatIsNotAscii() throws Exception {
    Path file = file("Größe 大小 (1).txt", 10);
    try (ShareServer server = serve(offer(file, false))) {
      receive(server, false);
      assertThat(target.resolve("Größe 大小 (1).txt")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void anExistingFileIsRefusedAndTheLinkStaysValid() throws Exception {
    Path file = file("data", 1_000);
    Files.writeString(target.resolve("data"), "old");
    FileOffer offer = offer(file, false);
    try (ShareServer server = serve(offer)) {
      assertThatThrownBy(() -> receive(server, false))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("exists already; --force replaces it");
      assertThat(target.resolve("data")).hasContent("old");
      assertThat(target).isDirectoryNotContaining("glob:**.part");
      receive(server, true);
      offer.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(target.resolve("data")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void manyReceiversGetTheFile() throws Exception {
    Path file = file("data", 1_000);
    FileOffer offer = offer(file, true);
    try (ShareServer server = serve(offer)) {
      receive(server, false);
      receive(server, true);
      assertThat(offer.done()).isNotDone();
    }
  }

  @Test
  void theLinkIsUsedUpWhenTheFileHasArrived() throws Exception {
    FileOffer offer = offer(file("data", 1_000), false);
    try (ShareServer server = serve(offer)) {
      receive(server, false);
      assertThatThrownBy(() -> receive(server, true))
          .hasMessageContaining("serving another receiver");
    }
  }

  @Test
  void theSenderHearsThatTheReceiverIsLost() throws Exception {
    FileOffer offer = offer(file("data", 20_000_000), false);
    RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT);
    TransferListener leaver =
        new TransferListener() {
          @Override
          public void onProgress(long bytes) {
            peer.close();
          }
        };
    try (ShareServer server = serve(offer)) {
      ShareLink link = ShareLink.parse("http://127.0.0.1:" + server.port() + "/code");
      assertThatThrownBy(() -> Reception.run(link, peer, new LocalTarget(target, false), leaver))
          .isInstanceOf(TransferException.class);
      assertThatThrownBy(() -> offer.done().get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .rootCause()
          .hasMessageContaining("the receiver");
      assertThat(target.resolve("data")).doesNotExist();
    }
  }
}
