package org.purertc.samples.signaling.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomsFixture.Client;

class RoomsTest {
  private static final String SECRET = "0123456789-abcdefgh_AB";
  private final RoomsFixture tea = new RoomsFixture(RoomLimits.DEFAULT);

  private static RoomsFixture limited(SessionLimits limits) {
    return new RoomsFixture(RoomLimits.DEFAULT.withSession(limits));
  }

  @Test
  void theFirstIsHostAndTheOthersAreNot() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    assertThat(ada.welcome().role()).isEqualTo(MemberRole.HOST);
    assertThat(bob.welcome().role()).isEqualTo(MemberRole.MEMBER);
    assertThat(bob.welcome().members())
        .containsExactly(new Member(ada.id(), "Ada", MemberRole.HOST, true, ""));
    assertThat(ada.messages(ServerMessage.Joined.class)).hasSize(1);
  }

  @Test
  void whenTheHostLeavesTheNextIsHost() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    Client eve = tea.join("Eve");
    ada.say("{\"type\":\"leave\",\"id\":1}");
    assertThat(ada.ended).isTrue();
    assertThat(ada.why).isNull();
    assertThat(eve.messages(ServerMessage.Left.class))
        .containsExactly(new ServerMessage.Left(ada.id(), LeaveReason.LEFT));
    assertThat(eve.messages(ServerMessage.Role.class))
        .containsExactly(new ServerMessage.Role(bob.id(), MemberRole.HOST));
  }

  @Test
  void aTokenThatNamesARoleCountsBeforeWhoCameFirst() {
    Client first = tea.joinWith("member", "");
    Client host = tea.joinWith("host", "");
    Client listener = tea.joinWith("host", ",\"role\":\"listener\"");
    assertThat(first.welcome().role()).isEqualTo(MemberRole.MEMBER);
    assertThat(host.welcome().role()).isEqualTo(MemberRole.HOST);
    assertThat(listener.welcome().role()).isEqualTo(MemberRole.LISTENER);
  }

  @Test
  void nobodyBecomesHostWhoseTokenSaysOtherwise() {
    Client host = tea.joinWith("host", "");
    Client member = tea.joinWith("member", "");
    Client open = tea.join("Open");
    host.say("{\"type\":\"leave\",\"id\":1}");
    assertThat(member.messages(ServerMessage.Role.class))
        .containsExactly(new ServerMessage.Role(open.id(), MemberRole.HOST));
    open.say("{\"type\":\"leave\",\"id\":1}");
    assertThat(member.messages(ServerMessage.Role.class)).hasSize(1);
  }

  @Test
  void onlyAHostGivesRolesAndSendsMembersOut() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    String remove = "{\"type\":\"remove\",\"id\":%d,\"member\":\"%s\"}";
    bob.say(remove.formatted(1, ada.id()));
    assertThat(bob.failures()).containsExactly(ErrorCode.FORBIDDEN);
    ada.say("{\"type\":\"role\",\"id\":1,\"member\":\"%s\",\"role\":\"host\"}".formatted(bob.id()));
    bob.say(remove.formatted(2, ada.id()));
    assertThat(ada.why).isEqualTo(ErrorCode.REMOVED);
    assertThat(ada.failures()).containsExactly(ErrorCode.REMOVED);
    assertThat(tea.rooms.sessionCount()).isEqualTo(1);
  }

  @Test
  void aListenerHasNoVoiceButMayConnect() {
    Client ada = tea.join("Ada");
    Client bob = tea.new Client();
    bob.say(RoomsFixture.hello("Bob", ",\"role\":\"listener\""));
    bob.say("{\"type\":\"chat\",\"id\":1,\"text\":\"hi\"}");
    bob.say("{\"type\":\"broadcast\",\"id\":2,\"data\":1}");
    bob.say("{\"type\":\"direct\",\"id\":3,\"to\":\"%s\",\"data\":null}".formatted(ada.id()));
    assertThat(bob.failures()).containsExactly(ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN);
    assertThat(ada.messages(ServerMessage.Direct.class)).hasSize(1);
    assertThat(ada.messages(ServerMessage.Chat.class)).isEmpty();
  }

  @Test
  void newcomersSeeTheLastHundredLinesOfTheChat() {
    Client ada = tea.join("Ada");
    for (int i = 1; i <= 130; i++) {
      ada.say("{\"type\":\"chat\",\"id\":%d,\"text\":\"%d\"}".formatted(i, i));
    }
    List<Long> numbers =
        tea.join("Bob").welcome().history().stream().map(line -> line.number()).toList();
    assertThat(numbers).hasSize(100).startsWith(31L).endsWith(130L);
  }

  @Test
  void aRepeatedMessageIsObeyedOnce() {
    Client ada = tea.join("Ada");
    ada.say("{\"type\":\"chat\",\"id\":1,\"text\":\"once\"}");
    ada.say("{\"type\":\"chat\",\"id\":1,\"text\":\"once\"}");
    assertThat(ada.messages(ServerMessage.Chat.class)).hasSize(1);
    assertThat(ada.messages(ServerMessage.Ack.class)).contains(new ServerMessage.Ack(1));
  }

  @Test
  void aMissingMessageEndsTheConnectionAndNotTheSession() {
    Client ada = tea.new Client();
    ada.say(RoomsFixture.hello("Ada", ",\"session\":\"" + SECRET + "\""));
    ada.say("{\"type\":\"chat\",\"id\":2,\"text\":\"second\"}");
    assertThat(ada.why).isEqualTo(ErrorCode.OUT_OF_ORDER);
    Client again = tea.new Client();
    again.say(RoomsFixture.hello("Ada", ",\"lastId\":1,\"session\":\"" + SECRET + "\""));
    assertThat(again.messages()).containsExactly(new ServerMessage.Resumed(0));
  }

  @Test
  void aHelloWhoseAnswerWasLostIsRepeatedWithoutASecondMember() {
    String hello = RoomsFixture.hello("Ada", ",\"session\":\"" + SECRET + "\"");
    Client first = tea.new Client();
    first.say(hello);
    Client second = tea.new Client();
    second.say(hello);
    assertThat(second.welcome()).isEqualTo(first.welcome());
    assertThat(first.why).isEqualTo(ErrorCode.REPLACED);
    assertThat(tea.rooms.sessionCount()).isEqualTo(1);
  }

  @Test
  void aSessionIsOfItsRoomOnly() {
    Client ada = tea.new Client();
    ada.say(RoomsFixture.hello("Ada", ",\"session\":\"" + SECRET + "\""));
    Client other = tea.new Client();
    other.say(
        RoomsFixture.hello("Ada", ",\"lastId\":1,\"session\":\"" + SECRET + "\"")
            .replace("tea", "coffee"));
    assertThat(other.why).isEqualTo(ErrorCode.UNKNOWN_SESSION);
    assertThat(ada.ended).isFalse();
  }

  @Test
  void aRoomThatAsksForATokenAdmitsNobodyWithoutIt() {
    String hello = RoomsFixture.hello("Ada", "%s").replace("tea", "locked");
    Client without = tea.new Client();
    without.say(hello.formatted(""));
    Client with = tea.new Client();
    with.say(hello.formatted(",\"token\":\"key\""));
    assertThat(without.why).isEqualTo(ErrorCode.UNAUTHORIZED);
    assertThat(with.welcome().room()).isEqualTo("locked");
  }

  @Test
  void anotherVersionIsRefusedWhateverElseItsHelloSays() {
    Client ada = tea.new Client();
    ada.say("{\"type\":\"hello\",\"version\":2}");
    assertThat(ada.why).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"type\":\"ack\",\"ack\":-1}",
        "{\"type\":\"chat\",\"text\":\"without id\"}",
        "{\"type\":\"leave\"}",
        "{\"type\":\"chat\",\"id\":0,\"text\":\"\"}"
      })
  void whatIsNoMessageEndsTheConnection(String text) {
    Client ada = tea.join("Ada");
    ada.say(text);
    assertThat(ada.why).isEqualTo(ErrorCode.MALFORMED);
    Client greeting = tea.new Client();
    greeting.say(text);
    assertThat(greeting.why).isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void anUnusableMessageWithANumberIsRefusedAndTheNextIsObeyed() {
    Client ada = tea.join("Ada");
    ada.say("{\"type\":\"dance\",\"id\":1}");
    ada.say("{\"type\":\"chat\",\"id\":2}");
    ada.say("{\"type\":\"hello\",\"id\":3,\"version\":1,\"room\":\"tea\",\"name\":\"Ada\"}");
    ada.say("{\"type\":\"direct\",\"id\":4,\"to\":\"nobody\",\"data\":1}");
    ada.say("{\"type\":\"chat\",\"id\":5,\"text\":\"hello\"}");
    assertThat(ada.failures())
        .containsExactly(
            ErrorCode.UNKNOWN_TYPE,
            ErrorCode.MALFORMED,
            ErrorCode.MALFORMED,
            ErrorCode.UNKNOWN_MEMBER);
    assertThat(ada.messages(ServerMessage.Chat.class)).hasSize(1);
  }

  @Test
  void aPingIsAnswered() {
    Client ada = tea.join("Ada");
    ada.say("{\"type\":\"ping\"}");
    assertThat(ada.messages()).endsWith(new ServerMessage.Pong());
  }

  @Test
  void whoSendsTooFastIsRefusedAndWhoDoesNotCareIsSentOut() {
    RoomsFixture strict = limited(SessionLimits.DEFAULT.withRate(10, 20));
    Client ada = strict.join("Ada");
    Client bob = strict.join("Bob");
    for (int i = 1; i <= 21; i++) {
      ada.say("{\"type\":\"broadcast\",\"id\":%d,\"data\":%d}".formatted(i, i));
    }
    assertThat(ada.failures()).containsExactly(ErrorCode.RATE_LIMITED);
    assertThat(bob.messages(ServerMessage.Broadcast.class)).hasSize(20);
    strict.pass(300);
    ada.say("{\"type\":\"broadcast\",\"id\":22,\"data\":22}");
    assertThat(bob.messages(ServerMessage.Broadcast.class)).hasSize(21);
    for (int i = 0; i < 30; i++) {
      ada.say("{\"type\":\"ping\"}");
    }
    assertThat(ada.why).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(bob.messages(ServerMessage.Left.class)).hasSize(1);
  }

  @Test
  void whoDoesNotReadIsSentOutBeforeMoreIsKeptThanTheLimit() {
    RoomsFixture small = limited(SessionLimits.DEFAULT.withWaiting(50, 1 << 20).withRate(500, 500));
    Client ada = small.join("Ada");
    Client bob = small.join("Bob");
    bob.reading = false;
    for (int i = 1; i <= 50; i++) {
      ada.say("{\"type\":\"broadcast\",\"id\":%d,\"data\":%d}".formatted(i, i));
    }
    assertThat(bob.ended).isFalse();
    ada.say("{\"type\":\"broadcast\",\"id\":51,\"data\":51}");
    assertThat(bob.why).isEqualTo(ErrorCode.TOO_SLOW);
    assertThat(ada.messages(ServerMessage.Left.class))
        .containsExactly(new ServerMessage.Left(bob.id(), LeaveReason.TOO_SLOW));
  }

  @Test
  void waitingBytesAreLimitedToo() {
    RoomsFixture small = limited(SessionLimits.DEFAULT.withWaiting(1_000, 10_000));
    Client ada = small.join("Ada");
    Client bob = small.join("Bob");
    bob.reading = false;
    String data = "x".repeat(4_000);
    for (int i = 1; i <= 3; i++) {
      ada.say("{\"type\":\"broadcast\",\"id\":%d,\"data\":\"%s\"}".formatted(i, data));
    }
    assertThat(bob.why).isEqualTo(ErrorCode.TOO_SLOW);
  }

  @Test
  void whoReadsAndNeverAcknowledgesGoesOn() {
    RoomsFixture small = limited(SessionLimits.DEFAULT.withWaiting(50, 1 << 20));
    Client ada = small.join("Ada");
    Client bob = small.join("Bob");
    for (int i = 1; i <= 300; i++) {
      ada.say("{\"type\":\"broadcast\",\"id\":%d,\"data\":%d}".formatted(i, i));
    }
    assertThat(bob.messages(ServerMessage.Broadcast.class)).hasSize(300);
    assertThat(bob.ended).isFalse();
  }

  @Test
  void acknowledgingWhatWasNeverSentDoesNoHarm() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    bob.say("{\"type\":\"ack\",\"ack\":9007199254740991}");
    ada.say("{\"type\":\"broadcast\",\"id\":1,\"data\":1}");
    assertThat(bob.messages(ServerMessage.Broadcast.class)).hasSize(1);
  }

  @Test
  void membersSessionsAndRoomsAreLimited() {
    SessionLimits two = SessionLimits.DEFAULT.withMembersPerRoom(2);
    RoomsFixture small =
        new RoomsFixture(RoomLimits.DEFAULT.withRooms(2).withSessions(3).withSession(two));
    small.join("Ada");
    Client bob = small.join("Bob");
    assertThat(small.join("Eve").why).isEqualTo(ErrorCode.ROOM_FULL);
    String hello = RoomsFixture.hello("Eve", "");
    small.new Client().say(hello.replace("tea", "coffee"));
    Client third = small.new Client();
    third.say(hello.replace("tea", "milk"));
    assertThat(third.why).isEqualTo(ErrorCode.SERVER_FULL);
    bob.say("{\"type\":\"leave\",\"id\":1}");
    Client fourth = small.new Client();
    fourth.say(hello.replace("tea", "milk"));
    assertThat(fourth.why).as("a third room").isEqualTo(ErrorCode.SERVER_FULL);
    assertThat(small.join("Eve").why).as("the second of two").isNull();
    assertThat(small.rooms.roomCount()).isEqualTo(2);
  }

  @Test
  void whoSaysNothingIsSentAway() {
    Client mute = tea.new Client();
    tea.pass(9_000);
    assertThat(mute.ended).isFalse();
    tea.pass(3_000);
    assertThat(mute.why).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(tea.rooms.nextDeadlineNs()).as("nothing left").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLostConnectionIsShownAfterFiveSecondsAndTheMemberIsGoneAfterAMinute() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    bob.connection.lost(tea.nowNs);
    tea.pass(4_000);
    assertThat(ada.messages(ServerMessage.Presence.class)).isEmpty();
    tea.pass(3_000);
    assertThat(ada.messages(ServerMessage.Presence.class))
        .containsExactly(new ServerMessage.Presence(bob.id(), false, ""));
    tea.pass(56_000);
    assertThat(ada.messages(ServerMessage.Left.class))
        .containsExactly(new ServerMessage.Left(bob.id(), LeaveReason.TIMEOUT));
  }

  @Test
  void whoPollsIsPresentAndWhoWasSentOutHearsItWhenItAsks() throws ProtocolException {
    Client ada = tea.join("Ada");
    String hello = RoomsFixture.hello("Bob", ",\"session\":\"" + SECRET + "\"");
    tea.rooms.hello(MessageFormat.parse(hello), tea.nowNs);
    for (int i = 0; i < 40; i++) {
      tea.pass(3_000);
      tea.rooms.read(SECRET, 1, tea.nowNs);
    }
    assertThat(ada.messages(ServerMessage.Presence.class)).isEmpty();
    String bob = ada.messages(ServerMessage.Joined.class).get(0).member().id();
    ada.say("{\"type\":\"remove\",\"id\":1,\"member\":\"%s\"}".formatted(bob));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> tea.rooms.read(SECRET, 1, tea.nowNs))
        .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.REMOVED));
  }

  @Test
  void nothingIsLeftWhenAllAreGone() {
    Client ada = tea.join("Ada");
    Client bob = tea.join("Bob");
    bob.connection.lost(tea.nowNs);
    ada.say("{\"type\":\"leave\",\"id\":1}");
    tea.pass(70_000);
    assertThat(tea.rooms.sessionCount()).isZero();
    assertThat(tea.rooms.roomCount()).isZero();
    assertThat(tea.rooms.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }
}
