package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
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
        SilentReader slow =
            switch (transport) {
              case "websocket" -> SilentReader.webSocket(server.port(), "tea", 0);
              case "socketio" -> SilentReader.socketIo(server.port(), "tea", 0);
              default -> SilentReader.eventStream(server.port(), "tea", 0);
            }) {
      assertThat(slow).isNotNull();
      ada.next(ServerMessage.Joined.class);
      for (int i = 0; i < MESSAGES; i++) {
        ada.send(new ClientMessage.Broadcast(LARGE));
      }
      assertThat(ada.next(ServerMessage.Left.class).reason()).isEqualTo(LeaveReason.TOO_SLOW);
    }
  }
}
