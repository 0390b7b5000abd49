package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunMessage;

/**
 * Whoever forges the source address of a check must not win by it: nothing that we answer is longer
 * in bytes than what asked for it, whatever the answer says.
 */
class AnswerLengthTest {

  private static final int BINDING_REQUEST = 0x0001;
  private static final int SOFTWARE = 0x8022;

  private static ScriptedPeer peer(IceRole role) {
    ScriptedPeer peer = new ScriptedPeer(role);
    peer.local(LOCAL, PATH);
    return peer;
  }

  /** The answers to this request, each of them no longer than it. */
  private static List<Sent> answers(ScriptedPeer peer, byte[] request, String from) {
    peer.advanceBy(1_000); // a new second for the limit of refusals
    peer.sent();
    peer.receive(request, PATH, new InetSocketAddress(from, 6000));
    List<Sent> answers = peer.sent();
    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    for (Sent answer : answers) {
      byte[] bytes = answer.message().bytes();
      assertThat(bytes.length)
          .as("%s answered by %s", HexFormat.of().formatHex(request), answer.message())
          .isLessThanOrEqualTo(request.length);
      assertThat(hasAttribute(bytes, SOFTWARE)).isFalse();
    }
    return answers;
  }

  private static boolean hasAttribute(byte[] message, int type) {
    for (int at = 20; at + 4 <= message.length; ) {
      int bytes = (message[at + 2] & 0xff) << 8 | message[at + 3] & 0xff;
      if (((message[at] & 0xff) << 8 | message[at + 1] & 0xff) == type) {
        return true;
      }
      at += 4 + (bytes + 3 & ~3);
    }
    return false;
  }

  private static RawStun check(ScriptedPeer peer, String ownPart) {
    return new RawStun(BINDING_REQUEST).username(peer.agent.local().ufrag() + ":" + ownPart);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.2", "2001:db8::2"})
  void aSuccess(String from) {
    ScriptedPeer peer = peer(IceRole.CONTROLLED);
    String password = peer.agent.local().password();
    // A check as agents send it is long enough, whatever the length of the other ufrag.
    for (int length = 1; length <= 32; length++) {
      byte[] usual = check(peer, "u".repeat(length)).priority(1).controlling(1).signed(password);
      assertThat(answers(peer, usual, from))
          .singleElement()
          .satisfies(s -> assertThat(s.message().kind()).isEqualTo(StunMessage.Kind.SUCCESS));
    }
    // Without a role it may be too short for an answer.
    answers(peer, check(peer, "u").priority(1).signed(password), from);
  }

  @Test
  void everyErrorWithEveryLengthOfRequest() {
    Set<Integer> codes = new TreeSet<>();
    for (int padding = 0; padding <= 100; padding += 4) {
      ScriptedPeer peer = peer(IceRole.CONTROLLING);
      peer.tieBreaker = 0;
      String password = peer.agent.local().password();
      byte[] more = new byte[padding];
      List<byte[]> requests =
          List.of(
              new RawStun(BINDING_REQUEST).attribute(0xc057, more).plain(),
              check(peer, "u").attribute(0xc057, more).plain(),
              new RawStun(BINDING_REQUEST).username("x:u").attribute(0xc057, more).signed("wrong"),
              check(peer, "u").attribute(0xc057, more).signed("wrong"),
              check(peer, "u").attribute(0xc057, more).signed(password),
              check(peer, "u").priority(1).controlling(0).attribute(0xc057, more).signed(password));
      for (byte[] request : requests) {
        answers(peer, request, "2001:db8::2").forEach(s -> codes.add(s.message().errorCode()));
      }
    }
    assertThat(codes).contains(400, 401, 487);
  }

  @Test
  void aListOfUnknownAttributes() {
    for (int count = 1; count <= 60; count++) {
      ScriptedPeer peer = peer(IceRole.CONTROLLED);
      RawStun request = check(peer, "u");
      for (int i = 0; i < count; i++) {
        request.attribute(0x7f00 + i, new byte[0]);
      }
      byte[] signed = request.signed(peer.agent.local().password());
      int expected = 420;
      answers(peer, signed, "10.0.0.2")
          .forEach(s -> assertThat(s.message().errorCode()).isEqualTo(expected));
    }
  }

  @Test
  void indicationsResponsesAndOtherMethodsGetNone() {
    ScriptedPeer peer = peer(IceRole.CONTROLLED);
    String password = peer.agent.local().password();
    for (int type : new int[] {0x0011, 0x0101, 0x0111, 0x0003, 0x0004, 0x0016, 0x0017}) {
      byte[] message =
          new RawStun(type)
              .username(peer.agent.local().ufrag() + ":u")
              .priority(1)
              .controlling(1)
              .signed(password);
      assertThat(answers(peer, message, "10.0.0.2")).as("type %04x", type).isEmpty();
    }
  }
}
