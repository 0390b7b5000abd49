package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.negotiate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.ConnectionData;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

class CandidateTest {
  private static final String HOST = "candidate:1 1 udp 2130706431 192.0.2.1 4000 typ host";
  private static final String NAME = "candidate:2 1 udp 2130706430 x-y.local 4001 typ host";
  private static final String TCP =
      "candidate:3 1 tcp 1518214911 192.0.2.1 9 typ host tcptype active";

  private final JsepSession alice = alice();
  private final JsepSession bob = bob();

  @BeforeEach
  void negotiated() throws JsepException {
    alice.requestDataChannels();
    negotiate(alice, bob);
  }

  private MediaDescription localSection() {
    SessionDescription local = alice.currentLocalDescription();
    assertThat(local).isNotNull();
    return local.media().get(0);
  }

  @Test
  void localCandidatesAppearInTheDataSection() {
    assertThat(localSection().attributes().candidates()).isEmpty();
    alice.addLocalCandidate(0, HOST);
    alice.addLocalCandidate(0, HOST);
    alice.addLocalCandidate(0, NAME);
    assertThat(localSection().attributes().candidates())
        .extracting(CandidateAttribute::toCandidateString)
        .containsExactly(HOST, NAME);
    assertThat(localSection().attributes().hasEndOfCandidates()).isFalse();
    alice.endOfLocalCandidates(0);
    assertThat(localSection().attributes().hasEndOfCandidates()).isTrue();
  }

  @Test
  void thePortIs9UntilACandidateCanStandThere() {
    alice.addLocalCandidate(0, NAME);
    alice.addLocalCandidate(0, TCP);
    assertThat(localSection().port()).isEqualTo(9);
    assertThat(localSection().connection()).isEqualTo(ConnectionData.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2001:db8::1 1 typ host; IN IP6 2001:db8::1",
        "2001:db8::1 1 typ host,192.0.2.1 1 typ host; IN IP4 192.0.2.1",
        "192.0.2.1 1 typ host,192.0.2.2 1 typ host; IN IP4 192.0.2.1",
        "192.0.2.1 1 typ host,192.0.2.2 1 typ srflx raddr 0.0.0.0 rport 0; IN IP4 192.0.2.2",
        "192.0.2.3 1 typ relay,192.0.2.2 1 typ srflx; IN IP4 192.0.2.3",
      })
  void theDefaultIsRelayedThenReflexiveThenHost(String candidates, String connection) {
    for (String candidate : candidates.split(",")) {
      alice.addLocalCandidate(0, "candidate:1 1 udp 1 " + candidate);
    }
    assertThat(localSection().connection()).hasToString(connection);
    assertThat(localSection().port()).isEqualTo(1);
  }

  @Test
  void anOfferMayBeAppliedWithCandidatesThatCameLater() throws JsepException {
    SessionDescription offer = alice.createOffer();
    alice.addLocalCandidate(0, HOST);
    alice.setLocalDescription(DescriptionType.OFFER, offer);
    SessionDescription pending = alice.pendingLocalDescription();
    assertThat(pending).isNotNull();
    alice.setLocalDescription(DescriptionType.OFFER, pending);
    assertThat(pending.media().get(0).attributes().candidates()).hasSize(1);
    assertThat(alice.createOffer().media()).isEqualTo(pending.media());
  }

  @Test
  void aLocalCandidateThatIsNoneIsOurMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.addLocalCandidate(0, "a=candidate:"));
  }

  @Test
  void remoteCandidatesAreKeptInTheirSection() throws JsepException {
    assertThat(alice.addRemoteCandidate(HOST, "0", null, "bobb")).containsExactly(0);
    assertThat(alice.addRemoteCandidate(NAME, null, 0, null)).containsExactly(0);
    assertThat(alice.addRemoteCandidate(TCP, "0", 7, null)).containsExactly(0);
    assertThat(alice.addRemoteCandidate(HOST, "0", 0, null)).containsExactly(0);
    assertThat(alice.remoteCandidates(0))
        .extracting(CandidateAttribute::toCandidateString)
        .containsExactly(HOST, NAME, TCP);
    assertThat(alice.currentRemoteDescription().toString())
        .contains("a=" + HOST + "\r\n", "a=" + NAME + "\r\n", "a=" + TCP + "\r\n");
  }

  @Test
  void theEmptyCandidateIsTheEnd() throws JsepException {
    assertThat(alice.remoteCandidatesEnded(0)).isFalse();
    assertThat(alice.addRemoteCandidate("", null, null, null)).containsExactly(0);
    assertThat(alice.remoteCandidatesEnded(0)).isTrue();
    assertThat(bob.addRemoteCandidate("", "0", 0, "alic")).containsExactly(0);
    assertThat(bob.remoteCandidatesEnded(0)).isTrue();
    assertFails("OperationError", () -> bob.addRemoteCandidate("", null, null, "else"));
  }

  @Test
  void aCandidateThatFitsNowhereFails() {
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, "1", null, null));
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, null, 1, null));
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, null, -1, null));
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, "0", 0, "else"));
    assertFails("OperationError", () -> alice.addRemoteCandidate("candidate:1", "0", 0, null));
    assertFails("TypeError", () -> alice.addRemoteCandidate(HOST, null, null, null));
    assertThat(alice.remoteCandidates(0)).isEmpty();
  }

  @Test
  void aCandidateBeforeAnyRemoteDescriptionFails() {
    assertFails("InvalidStateError", () -> alice().addRemoteCandidate(HOST, "0", 0, null));
  }

  @Test
  void aCandidateOfARejectedSectionIsOfNoUse() throws JsepException {
    JsepSession session = bob();
    Sessions.answerTo(session, BrowserSdp.parsed("chromium-audio-video"));
    assertThat(session.addRemoteCandidate(HOST, "0", 0, "Cz80")).isEmpty();
    assertThat(session.remoteCandidates(0)).isEmpty();
  }

  @Test
  void aCandidateOutlivesARollback() throws JsepException {
    String offer = bob.createOffer().toString();
    alice.setRemoteDescription(DescriptionType.OFFER, Sessions.read(offer));
    alice.addRemoteCandidate(HOST, "0", 0, "bobb");
    assertThat(alice.remoteCandidates(0)).hasSize(1);
    alice.setRemoteDescription(DescriptionType.ROLLBACK, null);
    assertThat(alice.remoteCandidates(0)).hasSize(1);
  }

  @Test
  void candidatesOfARestartBelongToTheNewGeneration() throws JsepException {
    String restart = bob.createOffer().toString().replace("bobb", "bob2");
    alice.setRemoteDescription(DescriptionType.OFFER, Sessions.read(restart));
    assertThat(alice.addRemoteCandidate(HOST, "0", 0, "bob2")).containsExactly(0);
    assertThat(alice.addRemoteCandidate(NAME, "0", 0, "bobb")).isEmpty();
    assertThat(alice.remoteCandidates(0)).hasSize(1);
  }

  @Test
  void aFloodOfCandidatesEnds() throws JsepException {
    for (int i = 1; i <= RemoteCandidates.MAX_CANDIDATES; i++) {
      alice.addRemoteCandidate(HOST.replace("4000", "" + i), "0", 0, null);
    }
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, "0", 0, null));
  }
}
