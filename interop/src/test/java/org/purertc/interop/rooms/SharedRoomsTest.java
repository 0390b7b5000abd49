package org.purertc.interop.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.interop.cli.Program;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.cluster.RedisAddress;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;

/** Two servers and one Redis (docs/scaling.md). */
@Tag("interop")
@Timeout(240)
class SharedRoomsTest {
  @TempDir private Path directory;

  private RedisServer redis;
  private SignalingServer one;
  private SignalingServer two;

  @BeforeEach
  void start() throws Exception {
    redis = new RedisServer(directory);
    SignalingOptions options =
        SignalingOptions.DEFAULT.withRedis(new RedisAddress(redis.uri(), null));
    one = SignalingServer.start(0, options);
    two = SignalingServer.start(0, options);
  }

  @AfterEach
  void stop() throws Exception {
    two.close();
    one.close();
    redis.close();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void membersOfOneRoomAreOnBothServers(TransportKind transport) throws Exception {
    try (RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada");
        RoomMember bob = new RoomMember(two.port(), transport, "Bob");
        RoomMember eve = new RoomMember(one.port(), transport, "Eve")) {
      assertThat(ada.welcome().role()).isEqualTo(MemberRole.HOST);
      assertThat(bob.welcome().members()).extracting(it -> it.name()).containsExactly("Ada");
      ada.await(ServerMessage.Joined.class, it -> it.member().name().equals("Eve"));
      for (int i = 0; i < 50; i++) {
        bob.chat("line " + i);
      }
      for (RoomMember each : List.of(ada, bob, eve)) {
        each.awaitLine("line 49");
        assertThat(each.lines)
            .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "line " + i).toList());
      }
      ada.send(new ClientMessage.Direct(bob.id(), TextNode.valueOf("psst")));
      assertThat(bob.await(ServerMessage.Direct.class, it -> true).from()).isEqualTo(ada.id());
      ada.send(new ClientMessage.Remove(bob.id()));
      eve.await(ServerMessage.Left.class, it -> it.reason() == LeaveReason.REMOVED);
    }
  }

  @Test
  void socketIoAcknowledgesWhatAnotherServerHasTaken() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada")) {
      String uri = "ws://127.0.0.1:" + two.port() + "/socket.io/?EIO=4&transport=websocket";
      WebSocket bob =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(uri),
                  new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(
                        WebSocket socket, CharSequence text, boolean last) {
                      heard.add(text.toString());
                      socket.request(1);
                      return null;
                    }
                  })
              .get(60, TimeUnit.SECONDS);
      say(bob, "40");
      say(
          bob,
          "42[\"signaling\",{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Bob\"}]");
      // Said before it is known where the room is.
      say(bob, "420[\"signaling\",{\"type\":\"chat\",\"id\":1,\"text\":\"first\"}]");
      await(heard, "430[{\"type\":\"ack\",\"ack\":1}]");
      say(bob, "421[\"signaling\",{\"type\":\"chat\",\"id\":2,\"text\":\"second\"}]");
      await(heard, "431[{\"type\":\"ack\",\"ack\":2}]");
      ada.awaitLine("second");
      bob.abort();
    }
  }

  private static void say(WebSocket socket, String packet) throws Exception {
    socket.sendText(packet, true).get(60, TimeUnit.SECONDS);
  }

  private static void await(BlockingQueue<String> heard, String packet) throws Exception {
    String next = "";
    while (!packet.equals(next)) {
      next = heard.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("waiting for %s", packet).isNotNull();
    }
  }

  @Test
  void aRoomThatIsLeftIsFreeForTheOtherServer() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (RoomMember ada = new RoomMember(one.port(), TransportKind.HTTP, "Ada")) {
        assertThat(ada.welcome().role()).isEqualTo(MemberRole.HOST);
      }
      awaitEmpty(one);
      try (RoomMember bob = new RoomMember(two.port(), TransportKind.WEB_SOCKET, "Bob")) {
        assertThat(bob.welcome().role()).isEqualTo(MemberRole.HOST);
      }
      awaitEmpty(two);
    }
  }

  private static void awaitEmpty(SignalingServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health"))
            .timeout(Duration.ofSeconds(30))
            .build();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    String health = "";
    while (!health.contains("\"members\":0")) {
      assertThat(System.nanoTime()).as(health).isLessThan(endNs);
      health = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
  }

  /** It comes back empty: what was in it is said again, and what was under way is sent again. */
  @ParameterizedTest
  @EnumSource(names = {"WEB_SOCKET", "HTTP"})
  void nothingIsLostOrDoubledWhenRedisIsKilledAndComesBack(TransportKind transport)
      throws Exception {
    try (RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada");
        RoomMember bob = new RoomMember(two.port(), transport, "Bob")) {
      for (int i = 0; i < 150; i++) {
        if (i == 50) {
          redis.kill();
        } else if (i == 100) {
          redis.start();
        }
        ada.chat("ada " + i);
        bob.chat("bob " + i);
      }
      ada.awaitLine("bob 149");
      bob.awaitLine("bob 149");
      if (!bob.lines.contains("ada 149")) {
        bob.awaitLine("ada 149");
      }
      assertThat(bob.lines).hasSize(300).doesNotHaveDuplicates();
      assertThat(bob.lines).isEqualTo(ada.lines);
    }
  }

  @Test
  void membersGoOnWhenTheServerBetweenIsKilled() throws Exception {
    try (RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada");
        Program three = Program.purertc("serve", "--port", "0", "--redis", redis.uri());
        SwitchedPort entrance = new SwitchedPort(port(three));
        RoomMember bob = new RoomMember(entrance.port(), TransportKind.WEB_SOCKET, "Bob")) {
      for (int i = 0; i < 100; i++) {
        if (i == 50) {
          three.kill();
          entrance.leadTo(two.port());
        }
        bob.chat("bob " + i);
        ada.chat("ada " + i);
      }
      bob.awaitLine("bob 99");
      if (!bob.lines.contains("ada 99")) {
        bob.awaitLine("ada 99");
      }
      assertThat(bob.lines).hasSize(200).doesNotHaveDuplicates();
    }
  }

  @Test
  void membersJoinAgainWhenTheServerOfTheirRoomIsKilled() throws Exception {
    try (Program three = Program.purertc("serve", "--port", "0", "--redis", redis.uri());
        SwitchedPort entrance = new SwitchedPort(port(three));
        RoomMember bob = new RoomMember(entrance.port(), TransportKind.WEB_SOCKET, "Bob");
        RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada")) {
      List<String> before = List.of(ada.id(), bob.id());
      three.kill();
      entrance.leadTo(two.port());
      // Both are in one room again, with new sessions.
      ada.await(ServerMessage.Welcome.class, it -> !before.contains(it.member()));
      bob.await(ServerMessage.Welcome.class, it -> !before.contains(it.member()));
      ada.chat("still there?");
      bob.awaitLine("still there?");
      bob.chat("yes");
      ada.awaitLine("yes");
    }
  }

  private static int port(Program server) {
    return Integer.parseInt(server.await("signalling: http://127.0.0.1:([0-9]+) .*").group(1));
  }
}
