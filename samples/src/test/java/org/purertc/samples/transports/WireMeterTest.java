package org.purertc.samples.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;

/** Requests written by hand, so that each byte is known. */
@Timeout(60)
class WireMeterTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
  private SignalingServer server;

  @BeforeEach
  void start() throws IOException {
    server = SignalingServer.start(0, SignalingOptions.DEFAULT, new TransportsPage()::configure);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends a request; returns how many bytes it had. */
  private static int say(Socket socket, String head, String body) throws IOException {
    byte[] request = (head + "\r\nHost: 127.0.0.1\r\n\r\n" + body).getBytes(US_ASCII);
    socket.getOutputStream().write(request);
    return request.length;
  }

  /** Reads an answer to its end. */
  private static String hear(Socket socket) throws IOException {
    String head = head(socket);
    Matcher length = LENGTH.matcher(head);
    assertThat(length.find()).as(head).isTrue();
    byte[] body = new byte[Integer.parseInt(length.group(1))];
    new DataInputStream(socket.getInputStream()).readFully(body);
    return head + new String(body, US_ASCII);
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("the end of a head").isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  /** Asks on a connection of its own, whose requests nobody counts. */
  private String meters(String names) throws IOException {
    try (Socket socket = connect()) {
      say(socket, "GET /transports/meters?names=" + names + " HTTP/1.1", "");
      String answer = hear(socket);
      return answer.substring(answer.indexOf('{'));
    }
  }

  /** What has just left may not be counted yet. */
  private void await(String names, String expected) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String counted = meters(names);
    while (!counted.equals(expected) && System.nanoTime() < endNs) {
      counted = meters(names);
    }
    assertThat(counted).isEqualTo(expected);
  }

  private static String reading(String name, int requests, int bytesIn, int bytesOut) {
    return "\"%s\":{\"requests\":%d,\"bytesIn\":%d,\"bytesOut\":%d}"
        .formatted(name, requests, bytesIn, bytesOut);
  }

  @Test
  void requestsOnOneConnectionCountEachUnderItsName() throws IOException {
    try (Socket socket = connect()) {
      int in = say(socket, "GET /health?meter=a HTTP/1.1", "");
      int out = hear(socket).length();
      say(socket, "GET /health HTTP/1.1", "");
      hear(socket);
      int inB = say(socket, "GET /health?meter=b HTTP/1.1\r\nX-Long: " + "x".repeat(100), "");
      int outB = hear(socket).length();
      in += say(socket, "GET /health?meter=a HTTP/1.1", "");
      out += hear(socket).length();
      await(
          "a,b,c",
          "{"
              + reading("a", 2, in, out)
              + ","
              + reading("b", 1, inB, outB)
              + ","
              + reading("c", 0, 0, 0)
              + "}");
    }
  }

  @Test
  void aBodyCounts() throws IOException {
    try (Socket socket = connect()) {
      String head = "POST /signaling/sessions?meter=a HTTP/1.1\r\nContent-Length: 2000";
      int in = say(socket, head, " ".repeat(2_000));
      int out = hear(socket).length();
      await("a", "{" + reading("a", 1, in, out) + "}");
    }
  }

  @Test
  void aWebSocketCountsWhileItLivesAndAfterwards() throws IOException {
    String head =
        "GET /signaling?meter=a HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    String counted;
    try (Socket socket = connect()) {
      int in = say(socket, head, "");
      int out = head(socket).length();
      await("a", "{" + reading("a", 1, in, out) + "}");
      // A ping of five bytes, masked with zeros (RFC 6455 section 5.2), and its pong.
      byte[] ping = {(byte) 0x89, (byte) 0x85, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o'};
      socket.getOutputStream().write(ping);
      byte[] pong = new byte[7];
      new DataInputStream(socket.getInputStream()).readFully(pong);
      assertThat(pong).startsWith(0x8a, 5);
      counted = "{" + reading("a", 1, in + ping.length, out + pong.length) + "}";
      await("a", counted);
    }
    assertThat(meters("a")).contains("\"requests\":1");
  }

  @Test
  void longNamesAreNotCounted() throws IOException {
    String name = "x".repeat(33);
    try (Socket socket = connect()) {
      say(socket, "GET /health?meter=" + name + " HTTP/1.1", "");
      hear(socket);
      assertThat(meters(name)).contains("\"requests\":0");
    }
  }
}
