package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.ice.io.Network.StreamConnection;

/** TCP and TLS on an event loop. */
class StreamConnectionTest {

  private static final Executor SLOW_STEPS =
      task -> {
        Thread thread = new Thread(task, "slow step");
        thread.setDaemon(true);
        thread.start();
      };

  private final LoopThread thread = new LoopThread("streams");
  private final NioNetwork network = new NioNetwork();

  @TempDir Path folder;

  @AfterEach
  void endLoop() {
    thread.close();
  }

  private StreamConnection tcp(InetSocketAddress to, StreamEnd end) {
    return thread.call(() -> network.connect(thread.loop, null, to, end));
  }

  private StreamConnection tls(
      SSLContext context, String name, InetSocketAddress to, StreamEnd end) {
    SSLEngine engine = context.createSSLEngine(name, to.getPort());
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return thread.call(
        () ->
            TlsConnection.connect(
                thread.loop,
                engine,
                SLOW_STEPS,
                end,
                receiver -> network.connect(thread.loop, null, to, receiver)));
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return random;
  }

  @Test
  void carriesBytesBothWays() throws Exception {
    byte[] sent = random(200_000);
    StreamEnd end = new StreamEnd(sent.length);
    try (StreamEcho echo = StreamEcho.tcp()) {
      StreamConnection connection = tcp(echo.address(), end);
      LoopThread.await(end.connected);
      thread.run(() -> connection.send(sent, 0, sent.length));
      assertThat(LoopThread.await(end.received)).isEqualTo(sent);
      thread.run(connection::close);
    }
  }

  @Test
  void bytesSentBeforeTheConnectionIsOpenWaitForIt() throws Exception {
    byte[] sent = random(1000);
    StreamEnd end = new StreamEnd(sent.length);
    try (StreamEcho echo = StreamEcho.tcp()) {
      StreamConnection connection =
          thread.call(
              () -> {
                StreamConnection begun = network.connect(thread.loop, null, echo.address(), end);
                assertThat(begun.send(sent, 0, sent.length)).isFalse();
                return begun;
              });
      assertThat(LoopThread.await(end.received)).isEqualTo(sent);
      thread.run(connection::close);
    }
  }

  @Test
  void whatWaitsIsBoundedAndMessagesStayWhole() throws Exception {
    byte[] message = random(60_000);
    StreamEnd end = new StreamEnd(1);
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      StreamConnection connection = tcp((InetSocketAddress) deaf.getLocalSocketAddress(), end);
      LoopThread.await(end.connected);
      // So the reader below has an end to read to, whatever the kernel has taken when.
      CompletableFuture<Void> all = end.writable.thenRun(connection::close);
      thread.run(
          () -> {
            for (int i = 0; i < 1000; i++) {
              connection.send(message, 0, message.length);
            }
            assertThat(connection.roomBytes()).isBetween(0, message.length);
          });
      try (var reader = deaf.accept()) {
        InputStream in = reader.getInputStream();
        int whole = 0;
        for (byte[] next = in.readNBytes(message.length);
            next.length > 0;
            next = in.readNBytes(message.length)) {
          assertThat(next).isEqualTo(message);
          whole++;
        }
        assertThat(whole).isBetween(1, 999);
      }
      assertThat(all).isDone();
      assertThat(end.closed).isNotDone();
    }
  }

  @Test
  void aPortThatNobodyListensOnIsReported() throws Exception {
    InetSocketAddress free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    StreamEnd end = new StreamEnd(1);
    tcp(free, end);
    assertThat(LoopThread.await(end.closed)).contains("refused");
  }

  @Test
  void theEndOfTheOtherSideIsReported() throws Exception {
    StreamEnd end = new StreamEnd(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      tcp((InetSocketAddress) server.getLocalSocketAddress(), end);
      server.accept().close();
      assertThat(LoopThread.await(end.closed)).contains("closed");
    }
  }

  @Test
  void tlsCarriesBytesBothWays() throws Exception {
    SSLContext context = StreamEcho.context(folder, "DNS:turn.example,IP:127.0.0.1");
    byte[] sent = random(200_000);
    StreamEnd end = new StreamEnd(sent.length);
    try (StreamEcho echo = StreamEcho.tls(context)) {
      StreamConnection connection = tls(context, "turn.example", echo.address(), end);
      LoopThread.await(end.connected);
      thread.run(() -> connection.send(sent, 0, sent.length));
      assertThat(LoopThread.await(end.received)).isEqualTo(sent);
      thread.run(connection::close);
    }
  }

  @Test
  void tlsRefusesACertificateOfAnotherName() throws Exception {
    SSLContext context = StreamEcho.context(folder, "DNS:turn.example");
    StreamEnd end = new StreamEnd(1);
    try (StreamEcho echo = StreamEcho.tls(context)) {
      tls(context, "other.example", echo.address(), end);
      assertThat(LoopThread.await(end.closed)).startsWith("TLS: ").contains("other.example");
      assertThat(end.connected).isNotDone();
    }
  }

  @Test
  void tlsRefusesACertificateThatNobodyTrusts() throws Exception {
    SSLContext context = StreamEcho.context(folder, "IP:127.0.0.1");
    StreamEnd end = new StreamEnd(1);
    try (StreamEcho echo = StreamEcho.tls(context)) {
      tls(SSLContext.getDefault(), "127.0.0.1", echo.address(), end);
      assertThat(LoopThread.await(end.closed)).startsWith("TLS: ");
      assertThat(end.connected).isNotDone();
    }
  }

  @Test
  void tlsToSomethingElseEnds() throws Exception {
    StreamEnd end = new StreamEnd(1);
    try (StreamEcho echo = StreamEcho.tcp()) {
      tls(SSLContext.getDefault(), "127.0.0.1", echo.address(), end);
      assertThat(LoopThread.await(end.closed)).startsWith("TLS: ");
    }
  }
}
