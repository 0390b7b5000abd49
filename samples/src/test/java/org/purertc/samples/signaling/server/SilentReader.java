package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A member that enters a room and then reads nothing from its connection. */
final class SilentReader implements AutoCloseable {
  private final int port;
  private final String session;
  private final String hello;
  private final Socket socket = new Socket();

  private SilentReader(int port, String room, int number) throws IOException {
    this.port = port;
    session = "0123456789-abcdefgh_" + (char) ('A' + number) + 'B';
    hello =
        "{\"type\":\"hello\",\"version\":1,\"room\":\""
            + room
            + "\",\"name\":\"Slow\",\"session\":\""
            + session
            + "\"}";
    socket.setReceiveBufferSize(8 << 10);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
  }

  /**
   * RFC 6455 sections 4.1 and 5.2, with a mask of zeros.
   *
   * @param number tells it from others, below 26
   */
  static SilentReader webSocket(int port, String room, int number) throws IOException {
    SilentReader reader = new SilentReader(port, room, number);
    reader.write(
        "GET /signaling HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) reader.socket.getInputStream().read());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    byte[] text = reader.hello.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[6 + text.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | text.length);
    System.arraycopy(text, 0, frame, 6, text.length);
    assertThat(text.length).isLessThan(126);
    reader.socket.getOutputStream().write(frame);
    reader.socket.getOutputStream().flush();
    return reader;
  }

  static SilentReader eventStream(int port, String room, int number)
      throws IOException, InterruptedException {
    SilentReader reader = new SilentReader(port, room, number);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/signaling/sessions"))
            .POST(BodyPublishers.ofString(reader.hello))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    reader.write(
        "GET /signaling/events?session="
            + reader.session
            + "&lastId=1 HTTP/1.1\r\nHost: 127.0.0.1:"
            + reader.port
            + "\r\n\r\n");
    return reader;
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
