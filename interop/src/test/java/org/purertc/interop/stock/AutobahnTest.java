package org.purertc.interop.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.web.PageServer;

/**
 * The Autobahn test suite talks to an echo on the server of the pages and rooms, with their
 * settings but for the longest message (16 MiB in its cases), and to an echo by the client of the
 * rooms.
 */
@Tag("interop")
@Tag("long")
class AutobahnTest {
  /** All but compression. */
  private static final String PLAIN =
      "\"1.*\", \"2.*\", \"3.*\", \"4.*\", \"5.*\", \"6.*\", \"7.*\", \"9.*\", \"10.*\"";

  /**
   * Of compression the first case of each kind; the others repeat it a thousand times for each
   * size.
   */
  private static final String COMPRESSED =
      "\"12.1.1\", \"12.2.1\", \"12.3.1\", \"12.4.1\", \"12.5.1\", \"13.1.1\", \"13.2.1\","
          + " \"13.3.1\", \"13.4.1\", \"13.5.1\", \"13.6.1\", \"13.7.1\"";

  private static final int PLAIN_CASES = 301;
  private static final int COMPRESSED_CASES = 12;
  private static final int MAX_MESSAGE_BYTES = 32 << 20;
  private static final long START_LIMIT_SECONDS = 120;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** NON-STRICT: text that is not UTF-8 is refused at its end, where RFC 6455 allows sooner. */
  private static final Set<String> FINE = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

  /**
   * It may answer the last of several pings only (RFC 6455 section 5.5.3). A server that closes
   * with 1010, which only a client may (section 7.4.1), is disconnected.
   */
  private static final Set<String> CHOICES_OF_THE_JDK = Set.of("2.10", "7.7.8", "7.7.8 closing");

  @TempDir private Path directory;

  @Test
  void noCaseFailsAtTheServer() throws Exception {
    Autobahn suite = new Autobahn(directory);
    try (PageServer server =
        PageServer.start(LOOPBACK, 0, routes -> routes.ws("/echo", AutobahnTest::echo))) {
      String servers =
          """
          "servers": [{ "agent": "%s", "url": "ws://127.0.0.1:%d/echo" }]\
          """
              .formatted(Autobahn.AGENT, server.port());
      String cases = PLAIN + ", " + COMPRESSED;
      suite.run(suite.start("fuzzingclient", specification(suite, servers, cases)));
    }
    assertFine(suite.behaviours(), PLAIN_CASES + COMPRESSED_CASES);
  }

  /** The JDK's client does not compress. */
  @Test
  void noCaseFailsAtTheClient() throws Exception {
    Autobahn suite = new Autobahn(directory);
    int port = freePort();
    String place = "\"url\": \"ws://127.0.0.1:" + port + "\"";
    Process server = suite.start("fuzzingserver", specification(suite, place, PLAIN));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      awaitListener(port);
      int count = Integer.parseInt(EchoClient.talk(port, "/getCaseCount", threads));
      assertThat(count).isEqualTo(PLAIN_CASES);
      for (int i = 1; i <= count; i++) {
        EchoClient.talk(port, "/runCase?case=" + i + "&agent=" + Autobahn.AGENT, threads);
      }
      EchoClient.talk(port, "/updateReports?agent=" + Autobahn.AGENT, threads);
    } finally {
      threads.shutdownNow();
      server.destroyForcibly();
    }
    Map<String, String> behaviours = suite.behaviours();
    assertThat(behaviours.keySet()).containsAll(CHOICES_OF_THE_JDK);
    CHOICES_OF_THE_JDK.forEach(it -> behaviours.put(it, "INFORMATIONAL"));
    assertFine(behaviours, PLAIN_CASES);
  }

  private static void assertFine(Map<String, String> behaviours, int cases) {
    assertThat(behaviours).hasSize(2 * cases);
    assertThat(behaviours).allSatisfy((id, behaviour) -> assertThat(FINE).contains(behaviour));
  }

  private static void echo(WsConfig socket) {
    socket.onConnect(
        context -> {
          context.session.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
          context.session.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
        });
    socket.onMessage(message -> message.send(message.message()));
    socket.onBinaryMessage(message -> message.send(message.data()));
  }

  private static String specification(Autobahn suite, String place, String cases) {
    return """
    {
      "outdir": "%s",
      %s,
      "cases": [ %s ],
      "exclude-cases": [],
      "exclude-agent-cases": {}
    }
    """
        .formatted(suite.reports(), place, cases);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      return free.getLocalPort();
    }
  }

  private static void awaitListener(int port) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (true) {
      try (Socket socket = new Socket(LOOPBACK, port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        assertThat(System.nanoTime()).as("the suite listens").isLessThan(endNs);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }
}
