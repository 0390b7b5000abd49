package org.purertc.samples.signaling.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFormatTest {
  private static final String SESSION = "0123456789-abcdefgh_AB";
  private static final ObjectNode DATA =
      JsonNodeFactory.instance.objectNode().put("type", "description").put("sdp", "v=0\r\n");
  private static final Member BOB = new Member("p7m2c4qz", "Bob", MemberRole.MEMBER, true, "away");
  private static final ChatLine LINE =
      new ChatLine(1, "p7m2c4qz", "Bob", "<b>hi", 1_800_000_000_000L);
  private static final List<IceServer> ICE_SERVERS =
      List.of(
          new IceServer(List.of("stun:stun.example.org"), null, null),
          new IceServer(List.of("turn:turn.example.org?transport=udp"), "1:a", "cGFzcw=="));

  static Stream<ClientMessage> clientMessages() {
    return Stream.of(
        new ClientMessage.Hello(1, "tea", "Ada", null, null, null, null),
        new ClientMessage.Hello(1, "tea", "Ada", SESSION, 7L, MemberRole.LISTENER, "key"),
        new ClientMessage.Direct("p7m2c4qz", DATA),
        new ClientMessage.Broadcast(JsonNodeFactory.instance.nullNode()),
        new ClientMessage.Chat("hello"),
        new ClientMessage.Status("away"),
        new ClientMessage.Role("p7m2c4qz", MemberRole.HOST),
        new ClientMessage.Remove("p7m2c4qz"),
        new ClientMessage.IceServers(),
        new ClientMessage.Leave(),
        new ClientMessage.Ack(3),
        new ClientMessage.Ping());
  }

  static Stream<ServerMessage> serverMessages() {
    return Stream.concat(
        Stream.of(
            new ServerMessage.Welcome(
                1,
                SESSION,
                "tea",
                "k3f9a2xw",
                MemberRole.MEMBER,
                List.of(BOB),
                List.of(LINE),
                ICE_SERVERS,
                SessionLimits.DEFAULT),
            new ServerMessage.Resumed(0),
            new ServerMessage.Joined(BOB),
            new ServerMessage.Presence("p7m2c4qz", false, ""),
            new ServerMessage.Role("p7m2c4qz", MemberRole.LISTENER),
            new ServerMessage.Direct("p7m2c4qz", DATA),
            new ServerMessage.Broadcast("p7m2c4qz", TextNode.valueOf("x")),
            new ServerMessage.Chat(LINE),
            new ServerMessage.IceServers(ICE_SERVERS),
            new ServerMessage.Failure(ErrorCode.FORBIDDEN, "no", 4L),
            new ServerMessage.Ack(3),
            new ServerMessage.Pong()),
        Stream.concat(
            Arrays.stream(LeaveReason.values()).map(it -> new ServerMessage.Left("p7m2c4qz", it)),
            Arrays.stream(ErrorCode.values())
                .map(it -> new ServerMessage.Failure(it, "why", null))));
  }

  @ParameterizedTest
  @MethodSource("clientMessages")
  void aClientsMessageIsReadAsItWasWritten(ClientMessage message) throws ProtocolException {
    String text = MessageFormat.write(message);
    assertThat(MessageFormat.clientMessage(MessageFormat.parse(text))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("clientMessages")
  void aClientsMessageKeepsToTheSchema(ClientMessage message) {
    String text = MessageFormat.write(message);
    boolean numbered =
        !(message instanceof ClientMessage.Hello
            || message instanceof ClientMessage.Ack
            || message instanceof ClientMessage.Ping);
    if (numbered) {
      assertThat(Schema.CLIENT.complaints(text)).as("without a number").isNotEmpty();
      text = MessageFormat.acknowledging(MessageFormat.numbered(text, 5), 17);
    }
    assertThat(Schema.CLIENT.complaints(text)).isEmpty();
    if (!(message instanceof ClientMessage.Ack)) {
      assertThat(Schema.SERVER.complaints(text)).as("from a server").isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("serverMessages")
  void aServersMessageIsReadAsItWasWritten(ServerMessage message) throws ProtocolException {
    String text = MessageFormat.write(message);
    assertThat(MessageFormat.serverMessage(MessageFormat.parse(text))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("serverMessages")
  void aServersMessageKeepsToTheSchema(ServerMessage message) {
    String text = MessageFormat.write(message);
    boolean numbered =
        !(message instanceof ServerMessage.Resumed
            || message instanceof ServerMessage.Failure
            || message instanceof ServerMessage.Ack
            || message instanceof ServerMessage.Pong);
    String sent = numbered ? MessageFormat.numbered(text, 5) : text;
    assertThat(Schema.SERVER.complaints(sent)).isEmpty();
  }

  @Test
  void theExamplesAboveAreAllTypes() {
    assertThat(clientMessages().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(List.of(ClientMessage.class.getPermittedSubclasses()));
    assertThat(serverMessages().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(List.of(ServerMessage.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"chat\"}",
        "{\"type\":\"chat\",\"text\":null}",
        "{\"type\":\"chat\",\"text\":5}",
        "{\"type\":\"chat\",\"text\":true}",
        "{\"type\":\"chat\",\"text\":{}}",
        "{\"type\":\"chat\",\"text\":\"\"}",
        "{\"type\":\"direct\",\"to\":\"p7m2c4qz\"}",
        "{\"type\":\"role\",\"member\":\"p7m2c4qz\",\"role\":\"king\"}",
        "{\"type\":\"role\",\"member\":\"p7m2c4qz\",\"role\":0}",
        "{\"type\":\"ack\",\"ack\":\"3\"}",
        "{\"type\":\"ack\",\"ack\":1.5}",
        "{\"type\":\"status\",\"status\":\"a\\u0000\"}",
        "{\"type\":\"hello\",\"version\":1,\"room\":\"../etc\",\"name\":\"Ada\"}",
        "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"\"}",
        "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Ada\",\"session\":\"short\"}",
        "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"Ada\",\"role\":\"host\"}",
        "{\"type\":5}",
        "{}",
        "[]",
        "3",
      })
  void whatIsNoMessageIsMalformed(String text) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MessageFormat.clientMessage(MessageFormat.parse(text)))
        .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.MALFORMED))
        .satisfies(it -> assertThat(it.reason()).doesNotContain("org.purertc", "jackson", "java."));
    assertThat(Schema.CLIENT.complaints(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "hello", "{\"type\":\"ping\"} {}", "{'type':'ping'}", "NaN"})
  void whatIsNoJsonIsMalformed(String text) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MessageFormat.clientMessage(MessageFormat.parse(text)))
        .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.MALFORMED));
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "[".repeat(100_000);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MessageFormat.parse("{\"type\":\"broadcast\",\"data\":" + deep));
  }

  @Test
  void anUnknownTypeIsNotMalformed() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MessageFormat.clientMessage(MessageFormat.parse("{\"type\":\"dance\"}")))
        .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE));
  }

  @Test
  void unknownMembersAreIgnored() throws ProtocolException {
    assertThat(MessageFormat.clientMessage(MessageFormat.parse("{\"type\":\"ping\",\"mood\":[1]}")))
        .isEqualTo(new ClientMessage.Ping());
  }

  @Test
  void numbersInDataStayWhatTheyAre() throws ProtocolException {
    String text = "{\"type\":\"broadcast\",\"data\":[1e400,0.10,12345678901234567890]}";
    ClientMessage message = MessageFormat.clientMessage(MessageFormat.parse(text));
    assertThat(MessageFormat.parse(MessageFormat.write(message)))
        .isEqualTo(MessageFormat.parse(text));
    assertThat(MessageFormat.write(message)).doesNotContain("Infinity");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1.0", "\"1\"", "null", "9223372036854775808", "1e3", "1e1000000000"})
  void anIdIsAWholeNumberFromOne(String id) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> MessageFormat.id(MessageFormat.parse("{\"id\":" + id + "}")));
  }

  @Test
  void damagedMessagesAreReadOrRefused() {
    Random random = new Random(2026);
    List<String> texts = clientMessages().map(MessageFormat::write).toList();
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
      for (int n = random.nextInt(4); n >= 0; n--) {
        text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
      }
      try {
        MessageFormat.clientMessage(MessageFormat.parse(text.toString()));
      } catch (ProtocolException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(2_000, 4_999);
  }
}
