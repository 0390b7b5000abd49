package org.purertc.samples.signaling.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.signaling.WebClient;

/** What a WebSocket tells of its end. */
@Timeout(60)
class TextSocketTest {
  private static final long LIMIT_SECONDS = 30;

  /** RFC 6455 section 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** FIN, text, one character. */
  private static final byte[] FRAME = {(byte) 0x81, 1, 'x'};

  /** The first ones may be told by the thread that opened the socket. */
  private static final int MESSAGES = 20;

  private final Semaphore heard = new Semaphore(0);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  /** Blocks while its last message is told. */
  private final class Slow implements TextSocket.Listener {
    private int texts;

    @Override
    public void onOpen() {}

    @Override
    public void onText(String text) {
      heard.release();
      try {
        if (++texts == MESSAGES) {
          gone.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onLost(String reason) {
      lost.complete(reason);
    }
  }

  @RepeatedTest(20)
  void anEndIsToldThatComesWhileAMessageIsTold() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      TextSocket socket = new TextSocket(URI.create("ws://127.0.0.1:" + server.getLocalPort()));
      socket.open(WebClient.builder(null).build().newWebSocketBuilder(), new Slow());
      try (Socket accepted = server.accept()) {
        greet(accepted);
        for (int i = 1; i < MESSAGES; i++) {
          accepted.getOutputStream().write(FRAME);
          assertThat(heard.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        accepted.getOutputStream().write(FRAME);
      }
      gone.countDown();
      assertThat(lost.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotEmpty();
      socket.close();
    }
  }

  private static void greet(Socket socket) throws Exception {
    String key =
        key(new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)));
    byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest)
            + "\r\n\r\n";
    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
  }

  private static String key(BufferedReader request) throws IOException {
    String name = "sec-websocket-key: ";
    String key = "";
    for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
      if (line.regionMatches(true, 0, name, 0, name.length())) {
        key = line.substring(name.length());
      }
    }
    return key;
  }
}
