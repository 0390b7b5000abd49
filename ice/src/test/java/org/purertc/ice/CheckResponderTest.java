package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;

/** The answers that an agent gives, RFC 8445 section 7.3, and role conflicts. */
class CheckResponderTest {

  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_INDICATION = 0x0011;

  private static ScriptedPeer withLocalOnly(IceRole role) {
    ScriptedPeer peer = new ScriptedPeer(role);
    peer.local(LOCAL, PATH);
    return peer;
  }

  private static RawStun check(ScriptedPeer peer) {
    return new RawStun(BINDING_REQUEST)
        .username(peer.agent.local().ufrag() + ":peer")
        .priority(1_000_000)
        .controlling(1);
  }

  @Test
  void answersWithTheAddressThatTheCheckCameFrom() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    assertThat(peer.check(REMOTE, false)).isTrue();
    Sent answer = peer.sent().get(0);
    assertThat(answer.to()).isEqualTo(REMOTE);
    assertThat(answer.path()).isEqualTo(PATH);
    assertThat(answer.message().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
    assertThat(answer.message().mappedAddress()).isEqualTo(REMOTE);
    var key = StunCodec.key(peer.agent.local().password());
    assertThat(peer.codec.isAuthentic(answer.message(), key)).isTrue();
  }

  @Test
  void refusesAWrongPasswordWith401() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    assertThat(peer.receive(check(peer).signed("not the password"))).isFalse();
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(401);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isFalse();
    assertThat(peer.agent.discarded()).isEqualTo(1);
  }

  @Test
  void refusesAUsernameOfAnotherSessionWith401() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    byte[] check =
        new RawStun(BINDING_REQUEST)
            .username("someone:peer")
            .priority(1)
            .controlling(1)
            .signed(peer.agent.local().password());
    assertThat(peer.receive(check)).isFalse();
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(401);
  }

  @Test
  void theUfragMustBeTheWholeFirstPart() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    String ufrag = peer.agent.local().ufrag();
    for (String name : List.of(ufrag, ufrag + "x:peer", ufrag.substring(1) + ":peer")) {
      byte[] check =
          new RawStun(BINDING_REQUEST)
              .username(name)
              .priority(1)
              .controlling(1)
              .signed(peer.agent.local().password());
      assertThat(peer.receive(check)).as(name).isFalse();
    }
  }

  @Test
  void refusesACheckWithoutIntegrityWith400() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    assertThat(peer.receive(check(peer).plain())).isFalse();
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(400);
  }

  @Test
  void givesNoAnswerThatIsLongerThanTheRequest() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    assertThat(peer.receive(new RawStun(BINDING_REQUEST).plain())).isFalse();
    assertThat(peer.sent()).isEmpty();
  }

  @Test
  void refusesUnknownRequiredAttributesWith420() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    byte[] check = check(peer).attribute(0x7ffe, new byte[4]).signed(peer.agent.local().password());
    assertThat(peer.receive(check)).isFalse();
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(420);
  }

  @Test
  void ignoresUnknownOptionalAttributes() {
    ScriptedPeer peer = withLocalOnly(IceRole.CONTROLLED);
    byte[] check = check(peer).attribute(0xc057, new byte[4]).signed(peer.agent.local().password());
    assertThat(peer.receive(check)).isTrue();
    assertThat(peer.onlyMessage().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
  }

  @Test
  void ignoresUseCandidateBehindTheIntegrity() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.answer(peer.onlyRequest());
    RawStun check = check(peer);
    check.signed(peer.agent.local().password());
    byte[] forged = check.attribute(RawStun.USE_CANDIDATE, new byte[0]).plain();
    assertThat(peer.receive(forged)).isTrue();
    peer.agent.endOfLocalCandidates(peer.nowNs);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void aKeepaliveIndicationIsTaken() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    assertThat(peer.receive(new RawStun(BINDING_INDICATION).plain())).isTrue();
    assertThat(peer.sent()).isEmpty();
  }

  @Test
  void theControllingSideWithTheLargerTieBreakerAnswers487() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.sent();
    peer.tieBreaker = 0; // no tie-breaker is smaller
    peer.check(REMOTE, PATH, true, false);
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(487);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLING);
  }

  @Test
  void theControllingSideWithTheSmallerTieBreakerBecomesControlled() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.sent();
    peer.tieBreaker = -1; // unsigned, no tie-breaker is larger
    peer.check(REMOTE, PATH, true, false);
    assertThat(peer.sent().get(0).message().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
    assertThat(peer.events).contains(new IceEvent.RoleChanged(IceRole.CONTROLLED));
  }

  @Test
  void theControlledSideWithTheLargerTieBreakerBecomesControlling() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    peer.tieBreaker = 0;
    peer.check(REMOTE, PATH, false, false);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLING);
  }

  @Test
  void theControlledSideWithTheSmallerTieBreakerAnswers487() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    peer.tieBreaker = -1;
    peer.check(REMOTE, PATH, false, false);
    assertThat(peer.onlyMessage().errorCode()).isEqualTo(487);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
  }

  @Test
  void a487TurnsTheRoleAndChecksAgainWithANewTieBreaker() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    peer.refuse(check, StunError.ROLE_CONFLICT);
    peer.advanceTo(10);
    Sent again = peer.onlyRequest();
    assertThat(again.message().control()).isEqualTo(StunMessage.Control.CONTROLLED);
    assertThat(again.message().tieBreaker()).isNotEqualTo(check.message().tieBreaker());
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
    // A second 487 to a check of the old role turns nothing round again.
    peer.answer(again);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void theOwnerCannotTurnTheRoleOnceChecksHaveStarted() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.agent.setRole(IceRole.CONTROLLING);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.remote(REMOTE);
    peer.agent.setRole(IceRole.CONTROLLED);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLING);
  }
}
