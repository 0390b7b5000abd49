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
    alice.addLocalCandidate(HOST);
    alice.addLocalCandidate(HOST);
    alice.addLocalCandidate(NAME);
    assertThat(localSection().attributes().candidates())
        .extracting(CandidateAttribute::toCandidateString)
        .containsExactly(HOST, NAME);
    assertThat(localSection().attributes().hasEndOfCandidates()).isFalse();
    alice.endOfLocalCandidates();
    assertThat(localSection().attributes().hasEndOfCandidates()).isTrue();
  }

  @Test
  void thePortIs9UntilACandidateCanStandThere() {
    alice.addLocalCandidate(NAME);
    alice.addLocalCandidate(TCP);
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
      alice.addLocalCandidate("candidate:1 1 udp 1 " + candidate);
    }
    assertThat(localSection().connection()).hasToString(connection);
    assertThat(localSection().port()).isEqualTo(1);
  }

  @Test
  void anOfferMayBeAppliedWithCandidatesThatCameLater() throws JsepException {
    SessionDescription offer = alice.createOffer();
    alice.addLocalCandidate(HOST);
    alice.setLocalDescription(DescriptionType.OFFER, offer);
    SessionDescription pending = alice.pendingLocalDescription();
    assertThat(pending).isNotNull();
    alice.setLocalDescription(DescriptionType.OFFER, pending);
    assertThat(pending.media().get(0).attributes().candidates()).hasSize(1);
    assertThat(alice.createOffer().media()).isEqualTo(pending.media());
  }

  @Test
  void aLocalCandidateThatIsNoneIsOurMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> alice.addLocalCandidate("a=candidate:"));
  }

  @Test
  void remoteCandidatesAreKeptInTheirSection() throws JsepException {
    assertThat(alice.addRemoteCandidate(HOST, "0", null, "bobb")).isTrue();
    assertThat(alice.addRemoteCandidate(NAME, null, 0, null)).isTrue();
    assertThat(alice.addRemoteCandidate(TCP, "0", 7, null)).isTrue();
    assertThat(alice.addRemoteCandidate(HOST, "0", 0, null)).isTrue();
    assertThat(alice.remoteCandidates())
        .extracting(CandidateAttribute::toCandidateString)
        .containsExactly(HOST, NAME, TCP);
    assertThat(alice.currentRemoteDescription().toString())
        .contains("a=" + HOST + "\r\n", "a=" + NAME + "\r\n", "a=" + TCP + "\r\n");
  }

  @Test
  void theEmptyCandidateIsTheEnd() throws JsepException {
    assertThat(alice.remoteCandidatesEnded()).isFalse();
    assertThat(alice.addRemoteCandidate("", null, null, null)).isTrue();
    assertThat(alice.remoteCandidatesEnded()).isTrue();
    assertThat(bob.addRemoteCandidate("", "0", 0, "alic")).isTrue();
    assertThat(bob.remoteCandidatesEnded()).isTrue();
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
    assertThat(alice.remoteCandidates()).isEmpty();
  }

  @Test
  void aCandidateBeforeAnyRemoteDescriptionFails() {
    assertFails("InvalidStateError", () -> alice().addRemoteCandidate(HOST, "0", 0, null));
  }

  @Test
  void aCandidateOfARejectedSectionIsOfNoUse() throws JsepException {
    JsepSession session = bob();
    Sessions.answerTo(session, BrowserSdp.parsed("chromium-audio-video"));
    assertThat(session.addRemoteCandidate(HOST, "0", 0, "Cz80")).isFalse();
    assertThat(session.remoteCandidates()).isEmpty();
  }

  @Test
  void aCandidateOutlivesARollback() throws JsepException {
    String offer = bob.createOffer().toString();
    alice.setRemoteDescription(DescriptionType.OFFER, Sessions.read(offer));
    alice.addRemoteCandidate(HOST, "0", 0, "bobb");
    assertThat(alice.remoteCandidates()).hasSize(1);
    alice.setRemoteDescription(DescriptionType.ROLLBACK, null);
    assertThat(alice.remoteCandidates()).hasSize(1);
  }

  @Test
  void candidatesOfARestartBelongToTheNewGeneration() throws JsepException {
    String restart = bob.createOffer().toString().replace("bobb", "bob2");
    alice.setRemoteDescription(DescriptionType.OFFER, Sessions.read(restart));
    assertThat(alice.addRemoteCandidate(HOST, "0", 0, "bob2")).isTrue();
    assertThat(alice.addRemoteCandidate(NAME, "0", 0, "bobb")).isFalse();
    assertThat(alice.remoteCandidates()).hasSize(1);
  }

  @Test
  void aFloodOfCandidatesEnds() throws JsepException {
    for (int i = 1; i <= RemoteCandidates.MAX_CANDIDATES; i++) {
      alice.addRemoteCandidate(HOST.replace("4000", "" + i), "0", 0, null);
    }
    assertFails("OperationError", () -> alice.addRemoteCandidate(HOST, "0", 0, null));
  }
}
