package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** What members hear is the same word by word, whichever transport they use. */
@Timeout(60)
class TranscriptTest {
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void oneScriptGivesOneTranscript(TransportKind transport) throws Exception {
    assertThat(played(transport, server.port()))
        .hasSizeGreaterThan(20)
        .isEqualTo(played(TransportKind.WEB_SOCKET, server.port()));
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"LONG_POLLING", "SHORT_POLLING", "HTTP"})
  void theTranscriptIsTheSameBehindAProxyThatBuffers(TransportKind transport) throws Exception {
    try (BufferingProxy proxy = new BufferingProxy(server.port())) {
      assertThat(played(transport, proxy.port()))
          .isEqualTo(played(TransportKind.WEB_SOCKET, server.port()));
    }
  }

  /** After a while it asks instead. */
  @Test
  void anEventStreamBehindAProxyThatBuffersLosesNothing() throws Exception {
    try (BufferingProxy proxy = new BufferingProxy(server.port());
        Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(proxy.port(), TransportKind.EVENT_STREAM, "Bob")) {
      for (int i = 0; i < 3; i++) {
        ada.send(new ClientMessage.Chat("line " + i));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(bob.next(ServerMessage.Chat.class).line().text()).isEqualTo("line " + i);
      }
      ada.send(new ClientMessage.Chat("last"));
      assertThat(bob.next(ServerMessage.Chat.class).line().text()).isEqualTo("last");
      assertThat(bob.interruptions).isEmpty();
    }
  }

  /** Each step waits until the server has obeyed it, so that there is one order only. */
  private List<String> played(TransportKind transport, int port) throws Exception {
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(port, transport, "Bob")) {
      ada.next(ServerMessage.Joined.class);
      bob.send(new ClientMessage.Chat("one <b>\u2028\ud83c\udf75"));
      ada.next(ServerMessage.Chat.class);
      ada.send(new ClientMessage.Direct(bob.id(), TextNode.valueOf("offer")));
      ada.send(new ClientMessage.Broadcast(IntNode.valueOf(1)));
      ada.send(new ClientMessage.Chat("two"));
      ada.next(ServerMessage.Chat.class);
      bob.send(new ClientMessage.Status("away"));
      ada.next(ServerMessage.Presence.class);
      ada.send(new ClientMessage.Role(bob.id(), MemberRole.LISTENER));
      ada.next(ServerMessage.Role.class);
      bob.send(new ClientMessage.Broadcast(IntNode.valueOf(2))); // refused
      bob.send(new ClientMessage.Direct("nobody", IntNode.valueOf(3))); // refused
      bob.send(new ClientMessage.Remove(ada.id())); // refused
      bob.send(new ClientMessage.Direct(ada.id(), TextNode.valueOf("answer")));
      ada.next(ServerMessage.Direct.class);
      ada.send(new ClientMessage.Role(bob.id(), MemberRole.MEMBER));
      ada.next(ServerMessage.Role.class);
      bob.send(new ClientMessage.Chat("last"));
      ada.next(ServerMessage.Chat.class);
      for (int chats = 0; chats < 3; chats++) {
        bob.next(ServerMessage.Chat.class);
      }
      bob.leave();
      ada.next(ServerMessage.Left.class);
      List<String> transcript = new ArrayList<>();
      ada.heard.forEach(it -> transcript.add("Ada " + words(it, ada, bob)));
      bob.heard.forEach(it -> transcript.add("Bob " + words(it, ada, bob)));
      return transcript;
    }
  }

  /** Without what is different each time. */
  private static String words(ServerMessage message, Guest ada, Guest bob) {
    return MessageFormat.write(message)
        .replace(ada.id(), "ADA")
        .replace(bob.id(), "BOB")
        .replaceAll("\"session\":\"[^\"]+\"", "\"session\":\"…\"")
        .replaceAll("\"atMs\":[0-9]+", "\"atMs\":0");
  }

  @Test
  void membersByAllTransportsAreInOneRoom() throws Exception {
    List<Guest> members = new ArrayList<>();
    try {
      for (TransportKind transport : TransportKind.values()) {
        members.add(Guest.join(server.port(), transport, transport.name()));
      }
      for (int round = 0; round < 5; round++) {
        for (Guest member : members) {
          member.send(new ClientMessage.Chat("round " + round));
        }
      }
      List<List<ServerMessage>> heard = new ArrayList<>();
      for (Guest member : members) {
        List<ServerMessage> lines = new ArrayList<>();
        for (int i = 0; i < 5 * members.size(); i++) {
          lines.add(member.next(ServerMessage.Chat.class));
        }
        heard.add(lines);
      }
      assertThat(heard).allSatisfy(it -> assertThat(it).isEqualTo(heard.get(0)));
      assertThat(members).allSatisfy(it -> assertThat(it.interruptions).isEmpty());
    } finally {
      members.forEach(Guest::close);
    }
  }
}
