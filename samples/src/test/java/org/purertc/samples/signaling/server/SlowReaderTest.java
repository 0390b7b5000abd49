package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomLimits;

/** A member that opens a connection and reads nothing from it does not slow the others. */
@Timeout(120)
class SlowReaderTest {
  private static final String SECRET = "0123456789-abcdefgh_AB";
  private static final String HELLO =
      "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Slow\",\"session\":\""
          + SECRET
          + "\"}";

  /** More than the system's buffers of both ends take, and the limit. */
  private static final int MESSAGES = 120;

  private static final TextNode LARGE = TextNode.valueOf("x".repeat(200_000));

  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    SessionLimits limits = SessionLimits.DEFAULT.withWaiting(1_000, 1 << 20);
    server =
        SignalingServer.start(
            0, SignalingOptions.DEFAULT.withLimits(RoomLimits.DEFAULT.withSession(limits)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "socketio", "eventstream"})
  void isSentOut(String transport) throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(8 << 10);
      slow.connect(new InetSocketAddress("127.0.0.1", server.port()));
      switch (transport) {
        case "websocket" -> openWebSocket(slow, "/signaling", HELLO);
        case "socketio" ->
            openWebSocket(
                slow,
                "/socket.io/?EIO=4&transport=websocket",
                "40",
                "42[\"signaling\"," + HELLO + "]");
        default -> openEventStream(slow);
      }
      ada.next(ServerMessage.Joined.class);
      for (int i = 0; i < MESSAGES; i++) {
        ada.send(new ClientMessage.Broadcast(LARGE));
      }
      assertThat(ada.next(ServerMessage.Left.class).reason()).isEqualTo(LeaveReason.TOO_SLOW);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void openEventStream(Socket socket) throws Exception {
    HttpRequest hello =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/signaling/sessions"))
            .POST(BodyPublishers.ofString(HELLO))
            .build();
    assertThat(HttpClient.newHttpClient().send(hello, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    write(
        socket,
        "GET /signaling/events?session=" + SECRET + "&lastId=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  /** RFC 6455 sections 4.1 and 5.2, with a mask of zeros. */
  private static void openWebSocket(Socket socket, String path, String... texts)
      throws IOException {
    write(
        socket,
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
}
