package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@link PerfectNegotiation} as its documentation shows it, on real sockets and threads. */
class PerfectNegotiationTest {
  private static final int ROUNDS = 10;
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(1).loopbackOnly().build();

  private static final ExecutorService POLITE = Executors.newSingleThreadExecutor();
  private static final ExecutorService IMPOLITE = Executors.newSingleThreadExecutor();

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
    POLITE.shutdown();
    IMPOLITE.shutdown();
  }

  @Test
  void isTheClassThatTheDocumentationShows() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    String source =
        Files.readString(
            module.resolve("src/test/java/org/purertc/PerfectNegotiation.java").normalize());
    String shown = source.substring(source.indexOf("public final class PerfectNegotiation"));
    assertThat(Files.readString(module.resolve("../docs/negotiation.md"))).contains(shown);
  }

  @Test
  void connectsWhenBothSidesOfferAtOnce() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      try (Side polite = new Side(true);
          Side impolite = new Side(false)) {
        polite.connectTo(impolite);
        polite.start();
        impolite.start();
        assertThat(polite.news.poll(20, TimeUnit.SECONDS)).isEqualTo("from impolite");
        assertThat(impolite.news.poll(20, TimeUnit.SECONDS)).isEqualTo("from polite");
        assertThat(polite.news).isEmpty();
        assertThat(impolite.news).isEmpty();
      }
    }
  }

  /** A connection and its one thread, on which also the remote side's messages arrive. */
  private static final class Side implements PerfectNegotiation.Signaling, AutoCloseable {
    final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final boolean polite;
    private final ExecutorService thread;
    private final RTCPeerConnection connection;
    private final PerfectNegotiation negotiation;
    private Side remote = this;

    Side(boolean polite) {
      this.polite = polite;
      thread = polite ? POLITE : IMPOLITE;
      connection =
          FACTORY.createPeerConnection(RTCConfiguration.builder().callbackExecutor(thread).build());
      connection.onDataChannel(channel -> channel.onMessage(m -> news.add(m.text())));
      negotiation = new PerfectNegotiation(connection, polite, this);
    }

    void connectTo(Side other) {
      remote = other;
      other.remote = this;
    }

    void start() {
      RTCDataChannel channel = connection.createDataChannel("news");
      channel.onOpen(() -> channel.send(polite ? "from polite" : "from impolite"));
    }

    @Override
    public void send(RTCSessionDescription description) {
      remote.thread.execute(() -> remote.negotiation.receive(description));
    }

    @Override
    public void send(RTCIceCandidate candidate) {
      remote.thread.execute(() -> remote.negotiation.receive(candidate));
    }

    @Override
    public void failed(Throwable reason) {
      news.add(reason.toString());
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
