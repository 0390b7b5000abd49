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
import java.nio.ByteBuffer;
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
   * @param number tells it from others, below 26
   */
  static SilentReader webSocket(int port, String room, int number) throws IOException {
    SilentReader reader = new SilentReader(port, room, number);
    reader.openWebSocket("/signaling", reader.hello);
    return reader;
  }

  static SilentReader socketIo(int port, String room, int number) throws IOException {
    SilentReader reader = new SilentReader(port, room, number);
    reader.openWebSocket(
        "/socket.io/?EIO=4&transport=websocket", "40", "42[\"signaling\"," + reader.hello + "]");
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

  /** RFC 6455 sections 4.1 and 5.2, with a mask of zeros. */
  private void openWebSocket(String path, String... texts) throws IOException {
    write(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) socket.getInputStream().read());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    for (String text : texts) {
      socket.getOutputStream().write(frame(text.getBytes(StandardCharsets.US_ASCII)));
    }
    socket.getOutputStream().flush();
  }

  private static byte[] frame(byte[] text) {
    ByteBuffer frame = ByteBuffer.allocate(8 + text.length);
    frame.put((byte) 0x81).put((byte) (0x80 | 126)).putShort((short) text.length);
    return frame.putInt(0).put(text).array();
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
