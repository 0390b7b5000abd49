package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** One conversation over each transport, with a member who uses another one. */
@Timeout(60)
class ConversationTest {
  private static final IceServer STUN = new IceServer(List.of("stun:stun.example.org"), null, null);
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        SignalingServer.start(
            0,
            SignalingOptions.DEFAULT
                .withIceServers(List.of(STUN))
                .withTurn(new TurnSecret(List.of("turn:turn.example.org"), "secret", 600)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void membersMeetTalkAndPart(TransportKind transport) throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(server.port(), transport, "Bob")) {
      assertThat(ada.channel.welcome().role()).isEqualTo(MemberRole.HOST);
      assertThat(ada.next(ServerMessage.Joined.class).member())
          .isEqualTo(new Member(bob.id(), "Bob", MemberRole.MEMBER, true, ""));
      assertThat(bob.channel.welcome().members()).extracting(Member::name).containsExactly("Ada");

      ada.send(new ClientMessage.Direct(bob.id(), TextNode.valueOf("offer")));
      assertThat(bob.next(ServerMessage.Direct.class))
          .isEqualTo(new ServerMessage.Direct(ada.id(), TextNode.valueOf("offer")));
      bob.send(new ClientMessage.Direct(ada.id(), TextNode.valueOf("answer")));
      assertThat(ada.next(ServerMessage.Direct.class).data().textValue()).isEqualTo("answer");

      for (int i = 0; i < 100; i++) {
        bob.send(new ClientMessage.Broadcast(IntNode.valueOf(i)));
        ada.send(new ClientMessage.Broadcast(IntNode.valueOf(i)));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(ada.next(ServerMessage.Broadcast.class).data().intValue()).isEqualTo(i);
        assertThat(bob.next(ServerMessage.Broadcast.class).data().intValue()).isEqualTo(i);
      }

      bob.send(new ClientMessage.Chat("<b>tea?</b> \u2028 \ud83c\udf75\n"));
      assertThat(ada.next(ServerMessage.Chat.class)).isEqualTo(bob.next(ServerMessage.Chat.class));
      bob.send(new ClientMessage.Status("away"));
      assertThat(ada.next(ServerMessage.Presence.class))
          .isEqualTo(new ServerMessage.Presence(bob.id(), true, "away"));
      bob.send(new ClientMessage.Remove(ada.id()));
      assertThat(bob.next(ServerMessage.Failure.class).code().word()).isEqualTo("forbidden");
      String id = bob.id();
      bob.leave();
      assertThat(ada.next(ServerMessage.Left.class))
          .isEqualTo(new ServerMessage.Left(id, LeaveReason.LEFT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsRemovedHearsIt(TransportKind transport) throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(server.port(), transport, "Bob")) {
      ada.send(new ClientMessage.Remove(bob.id()));
      assertThat(ada.next(ServerMessage.Left.class).reason()).isEqualTo(LeaveReason.REMOVED);
      assertThat(bob.closed.get(Guest.LIMIT_SECONDS, TimeUnit.SECONDS)).contains("sent you out");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLargeMessageArrives(TransportKind transport) throws Exception {
    String large = "é".repeat(120_000);
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(server.port(), transport, "Bob")) {
      bob.send(new ClientMessage.Broadcast(TextNode.valueOf(large)));
      assertThat(ada.next(ServerMessage.Broadcast.class).data().textValue()).isEqualTo(large);
      ada.send(new ClientMessage.Broadcast(TextNode.valueOf(large)));
      assertThat(bob.next(ServerMessage.Broadcast.class).data().textValue()).isEqualTo(large);
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> bob.send(new ClientMessage.Broadcast(TextNode.valueOf(large + large))));
    }
  }

  @Test
  void iceServersComeWithCredentialsOfTheMember() throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada")) {
      List<IceServer> servers = ada.channel.welcome().iceServers();
      assertThat(servers).first().isEqualTo(STUN);
      assertThat(servers.get(1).username()).matches("[0-9]{10,}:" + ada.id());
      ada.send(new ClientMessage.IceServers());
      assertThat(ada.next(ServerMessage.IceServers.class).iceServers()).hasSize(2);
    }
  }

  @Test
  void aServerThatEndsTellsItsMembersWhoComeBack() throws Exception {
    int port = server.port();
    try (Guest ada = Guest.join(port, TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(port, TransportKind.EVENT_STREAM, "Bob");
        Guest eve = Guest.join(port, TransportKind.SOCKET_IO, "Eve")) {
      ada.send(new ClientMessage.Chat("now all hear"));
      bob.next(ServerMessage.Chat.class);
      eve.next(ServerMessage.Chat.class);
      server.close();
      server = SignalingServer.start(port);
      ada.next(ServerMessage.Welcome.class); // the first is that of the old server
      ada.next(ServerMessage.Welcome.class);
      bob.next(ServerMessage.Welcome.class);
      eve.next(ServerMessage.Welcome.class);
      assertThat(ada.interruptions).first().asString().contains("shutting down");
      assertThat(bob.interruptions).first().asString().contains("shutting down");
      assertThat(eve.interruptions).first().asString().contains("shutting down");
      ada.send(new ClientMessage.Chat("still here?"));
      assertThat(bob.next(ServerMessage.Chat.class).line().text()).isEqualTo("still here?");
      assertThat(eve.next(ServerMessage.Chat.class).line().text()).isEqualTo("still here?");
    }
  }

  @Test
  void withoutTheTokenNobodyEnters() throws Exception {
    try (SignalingServer guarded =
        SignalingServer.start(0, SignalingOptions.DEFAULT.withToken("open sesame"))) {
      JoinRequest request = JoinRequest.of("tea", "Ada");
      for (TransportKind transport : TransportKind.values()) {
        assertThatExceptionOfType(SignalingUnavailableException.class)
            .isThrownBy(() -> new Guest(guarded.port(), transport, request.withToken("sesame")))
            .satisfies(
                it ->
                    assertThat(it.reason())
                        .isEqualTo(SignalingUnavailableException.Reason.NOT_ALLOWED));
      }
      new Guest(guarded.port(), TransportKind.WEB_SOCKET, request.withToken("open sesame")).close();
    }
  }

  @Test
  void nobodyAnswersAtAnUnusedPort() {
    int port = server.port();
    server.close();
    for (TransportKind transport : TransportKind.values()) {
      assertThatExceptionOfType(SignalingUnavailableException.class)
          .isThrownBy(() -> Guest.join(port, transport, "Ada"))
          .withMessageContaining("nobody answers");
    }
  }
}
