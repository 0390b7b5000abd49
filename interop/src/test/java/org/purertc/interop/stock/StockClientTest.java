package org.purertc.interop.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.interop.cli.Program;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingServer;

/** npm's ws, eventsource and socket.io-client in a room with a member in Java. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StockClientTest {
  private static final int LINES = 20;

  @TempDir static Path directory;

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();
  private StockClients clients;
  private SignalingServer server;

  @BeforeAll
  void start() throws Exception {
    clients = StockClients.install(directory);
    server = SignalingServer.start(0);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private <T extends ServerMessage> T next(Class<T> type, Program program)
      throws InterruptedException {
    while (true) {
      ServerMessage message = inbox.poll(60, TimeUnit.SECONDS);
      assertThat(message).as("%s of %s", type.getSimpleName(), program).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "eventsource", "socketio"})
  void joinsTalksAndLeaves(String transport) throws Exception {
    talks(transport);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"socketio-polling", "socketio-websocket"})
  void socketIoByOneWayOnly(String transport) throws Exception {
    talks(transport);
  }

  private void talks(String transport) throws Exception {
    inbox.clear();
    String url = "http://127.0.0.1:" + server.port();
    try (SignalingChannel java =
            SignalingChannel.join(
                RoomServer.of(URI.create(url)), JoinRequest.of("stock", "Java"), inbox::add);
        Program member = clients.member(transport, url, LINES)) {
      assertThat(next(ServerMessage.Joined.class, member).member().name()).isEqualTo(transport);
      if (transport.equals("socketio")) {
        member.await("connected by polling");
        member.await("upgraded to websocket");
      }
      for (int i = 0; i < LINES; i++) {
        java.send(new ClientMessage.Chat("line " + i));
      }
      for (int i = 0; i < LINES; i++) {
        assertThat(next(ServerMessage.Broadcast.class, member).data())
            .isEqualTo(TextNode.valueOf("heard line " + i));
      }
      next(ServerMessage.Left.class, member);
      member.await(transport.startsWith("socketio") ? "closed io server disconnect" : "closed");
      assertThat(member.exitCode()).as("%s", member).isZero();
    }
  }
}
