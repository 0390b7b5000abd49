package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.DescriptionType.ANSWER;
import static org.purertc.internal.jsep.DescriptionType.OFFER;
import static org.purertc.internal.jsep.DescriptionType.PRANSWER;
import static org.purertc.internal.jsep.DescriptionType.ROLLBACK;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.answerTo;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.negotiate;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** RFC 9429 section 3.2 and W3C WebRTC section 4.4.1.5. */
class SignalingStateTest {
  private final JsepSession alice = alice();
  private final JsepSession bob = bob();
  private SessionDescription offer;

  @BeforeEach
  void offer() throws JsepException {
    alice.requestDataChannels();
    offer = alice.createOffer();
  }

  @Test
  void anOfferAndItsAnswerWalkThroughTheStates() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    assertThat(alice.signalingState()).isEqualTo(SignalingState.HAVE_LOCAL_OFFER);
    assertThat(alice.pendingLocalDescription()).isEqualTo(offer);
    assertThat(alice.currentLocalDescription()).isNull();
    assertThat(alice.dataMid()).isEqualTo("0");
    bob.setRemoteDescription(OFFER, offer);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.HAVE_REMOTE_OFFER);
    assertThat(bob.pendingRemoteDescription()).isEqualTo(offer);
    assertThat(transport(bob)).isNotNull();
    assertThat(transport(bob).roleKnown()).isFalse();
    SessionDescription answer = bob.createAnswer();
    bob.setLocalDescription(ANSWER, answer);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.STABLE);
    assertThat(bob.currentLocalDescription()).isEqualTo(answer);
    assertThat(bob.currentRemoteDescription()).isEqualTo(offer);
    assertThat(bob.pendingRemoteDescription()).isNull();
    alice.setRemoteDescription(ANSWER, answer);
    assertThat(alice.currentLocalDescription()).isEqualTo(offer);
    assertThat(alice.currentRemoteDescription()).isEqualTo(answer);
    assertThat(alice.pendingLocalDescription()).isNull();
  }

  @Test
  void provisionalAnswersComeBeforeTheFinalOne() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    bob.setRemoteDescription(OFFER, offer);
    SessionDescription answer = bob.createAnswer();
    bob.setLocalDescription(PRANSWER, answer);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.HAVE_LOCAL_PRANSWER);
    assertThat(transport(bob).roleKnown()).isTrue();
    alice.setRemoteDescription(PRANSWER, answer);
    assertThat(alice.signalingState()).isEqualTo(SignalingState.HAVE_REMOTE_PRANSWER);
    assertThat(alice.pendingRemoteDescription()).isEqualTo(answer);
    assertFails("InvalidStateError", () -> alice.setRemoteDescription(ROLLBACK, null));
    bob.setLocalDescription(ANSWER, bob.createAnswer());
    alice.setRemoteDescription(ANSWER, answer);
    assertThat(alice.signalingState()).isEqualTo(SignalingState.STABLE);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.STABLE);
  }

  @Test
  void stableAllowsOffersOnly() throws JsepException {
    assertFails("InvalidStateError", alice::createAnswer);
    assertFails("InvalidStateError", () -> alice.setLocalDescription(ANSWER, offer));
    assertFails("InvalidStateError", () -> alice.setLocalDescription(PRANSWER, offer));
    assertFails("InvalidStateError", () -> alice.setRemoteDescription(ANSWER, offer));
    assertFails("InvalidStateError", () -> alice.setLocalDescription(ROLLBACK, null));
    assertFails("InvalidStateError", () -> alice.setRemoteDescription(ROLLBACK, null));
  }

  @Test
  void haveLocalOfferAllowsNoLocalAnswer() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    assertFails("InvalidStateError", alice::createAnswer);
    assertFails("InvalidStateError", () -> alice.setLocalDescription(ANSWER, offer));
    SessionDescription second = alice.createOffer();
    alice.setLocalDescription(OFFER, second);
    assertThat(alice.pendingLocalDescription()).isEqualTo(second);
  }

  @Test
  void haveRemoteOfferAllowsNoOtherOfferOfOurs() throws JsepException {
    bob.setRemoteDescription(OFFER, offer);
    assertFails("InvalidStateError", bob::createOffer);
    assertFails("InvalidStateError", () -> bob.setLocalDescription(OFFER, offer));
    assertFails("InvalidStateError", () -> bob.setRemoteDescription(ANSWER, offer));
    bob.setRemoteDescription(OFFER, offer);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.HAVE_REMOTE_OFFER);
  }

  @Test
  void rollbackReturnsToTheLastStableState() throws JsepException {
    negotiate(alice, bob);
    NegotiatedTransport before = transport(alice);
    SessionDescription local = alice.currentLocalDescription();
    alice.setLocalDescription(OFFER, alice.createOffer());
    alice.setLocalDescription(ROLLBACK, null);
    assertThat(alice.signalingState()).isEqualTo(SignalingState.STABLE);
    assertThat(alice.pendingLocalDescription()).isNull();
    assertThat(alice.currentLocalDescription()).isEqualTo(local);
    assertThat(transport(alice)).isEqualTo(before);
  }

  @Test
  void rollbackOfTheFirstRemoteOfferLeavesNothing() throws JsepException {
    bob.setRemoteDescription(OFFER, offer);
    bob.setRemoteDescription(ROLLBACK, null);
    assertThat(bob.signalingState()).isEqualTo(SignalingState.STABLE);
    assertThat(bob.pendingRemoteDescription()).isNull();
    assertThat(transport(bob)).isNull();
    assertThat(bob.dataMid()).isNull();
  }

  @Test
  void aRemoteOfferRollsALocalOfferBack() throws JsepException {
    bob.requestDataChannels();
    bob.setLocalDescription(OFFER, bob.createOffer());
    SessionDescription answer = answerTo(bob, offer);
    assertThat(bob.pendingLocalDescription()).isNull();
    alice.setLocalDescription(OFFER, offer);
    alice.setRemoteDescription(ANSWER, answer);
    assertThat(bob.isNegotiationNeeded()).isFalse();
    assertThat(transport(bob).dtlsClient()).isTrue();
  }

  @Test
  void aBadRemoteOfferDoesNotRollBack() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    SessionDescription bad = read(offer.toString().replaceAll("a=ice-ufrag:.*\r\n", ""));
    assertFails("InvalidAccessError", () -> alice.setRemoteDescription(OFFER, bad));
    assertThat(alice.signalingState()).isEqualTo(SignalingState.HAVE_LOCAL_OFFER);
    assertThat(alice.pendingLocalDescription()).isEqualTo(offer);
  }

  @Test
  void aLocalDescriptionMustBeTheOneCreated() throws JsepException {
    SessionDescription altered = read(offer.toString().replace("sctp-port:5000", "sctp-port:5001"));
    assertFails("InvalidModificationError", () -> alice.setLocalDescription(OFFER, altered));
    assertFails("InvalidModificationError", () -> alice.setLocalDescription(OFFER, null));
    assertFails("InvalidModificationError", () -> bob.setLocalDescription(OFFER, offer));
    assertThat(alice.signalingState()).isEqualTo(SignalingState.STABLE);
  }

  @Test
  void anOfferFromBeforeAnotherNegotiationIsStale() throws JsepException {
    answerTo(alice, bobOffer());
    assertFails("InvalidModificationError", () -> alice.setLocalDescription(OFFER, offer));
  }

  private SessionDescription bobOffer() throws JsepException {
    bob.requestDataChannels();
    return bob.createOffer();
  }

  @Test
  void laterOffersKeepSessionIdAndMidAndRaiseTheVersion() throws JsepException {
    negotiate(alice, bob);
    SessionDescription second = alice.createOffer();
    assertThat(second.origin().sessionId()).isEqualTo(offer.origin().sessionId());
    assertThat(second.origin().sessionVersion()).isEqualTo("1");
    assertThat(second.media()).isEqualTo(offer.media());
    negotiate(bob, alice);
    assertThat(alice.currentLocalDescription().origin().sessionVersion()).isEqualTo("1");
    assertThat(bob.currentLocalDescription().origin().sessionVersion()).isEqualTo("1");
  }

  @Test
  void theDtlsRolesStayWhenTheOtherSideOffers() throws JsepException {
    negotiate(alice, bob);
    assertThat(transport(bob).dtlsClient()).isTrue();
    negotiate(bob, alice);
    assertThat(alice.currentLocalDescription().media().get(0).attributes().setup())
        .hasToString("passive");
    assertThat(transport(alice).dtlsClient()).isFalse();
    assertThat(transport(bob).dtlsClient()).isTrue();
  }

  @Test
  void aChangeOfDtlsRolesInAnOfferIsAnotherAssociation() throws JsepException {
    negotiate(alice, bob);
    String passive = bob.createOffer().toString().replace("actpass", "passive");
    alice.setRemoteDescription(OFFER, read(passive));
    assertThat(transport(alice).roleKnown()).isFalse();
    SessionDescription answer = alice.createAnswer();
    assertThat(answer.media().get(0).attributes().setup()).hasToString("active");
    alice.setLocalDescription(ANSWER, answer);
    assertThat(transport(alice).dtlsClient()).isTrue();
    assertThat(transport(alice).association()).isEqualTo(1);
  }

  @Test
  void aChangeOfDtlsRolesInAnAnswerIsAnotherAssociation() throws JsepException {
    negotiate(alice, bob);
    alice.setLocalDescription(OFFER, alice.createOffer());
    String answer = bob.currentLocalDescription().toString().replace("active", "passive");
    alice.setRemoteDescription(ANSWER, read(answer));
    assertThat(transport(alice).dtlsClient()).isTrue();
    assertThat(transport(alice).association()).isEqualTo(1);
  }

  /** RFC 9429 section 5.11: this includes the state have-remote-pranswer; the call was forked. */
  @Test
  void anAnswerOfAnotherThanTheProvisionalOneIsAnotherAssociation() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    bob.setRemoteDescription(OFFER, offer);
    SessionDescription answer = bob.createAnswer();
    alice.setRemoteDescription(PRANSWER, answer);
    assertThat(transport(alice).association()).isZero();
    alice.setRemoteDescription(PRANSWER, answer);
    assertThat(transport(alice).association()).isZero();
    SessionDescription other = read(answer.toString().replace("12:34", "13:34"));
    alice.setRemoteDescription(ANSWER, other);
    assertThat(transport(alice).association()).isEqualTo(1);
  }

  @Test
  void anUnchangedCertificateAndRoleIsTheSameAssociation() throws JsepException {
    negotiate(alice, bob);
    negotiate(bob, alice);
    negotiate(alice, bob);
    assertThat(transport(alice).association()).isZero();
    assertThat(transport(bob).association()).isZero();
  }

  @Test
  void anotherTlsIdIsAnotherAssociation() throws JsepException {
    negotiate(alice, bob);
    String first = "a=tls-id:abc3de65cddef001be82\r\n";
    String offer = bob.createOffer().toString();
    answerTo(alice, read(offer + first));
    assertThat(transport(alice).association()).isZero();
    answerTo(alice, read(offer + first.replace("82", "83")));
    assertThat(transport(alice).association()).isEqualTo(1);
    assertThat(transport(alice).tlsId()).isEqualTo("abc3de65cddef001be83");
  }

  @Test
  void anotherCertificateMayChangeTheDtlsRoles() throws JsepException {
    negotiate(alice, bob);
    String passive =
        bob.createOffer()
            .toString()
            .replace("actpass", "passive")
            .replace(Sessions.OTHER_FINGERPRINT, Sessions.FINGERPRINT);
    SessionDescription answer = answerTo(alice, read(passive));
    assertThat(answer.media().get(0).attributes().setup()).hasToString("active");
    assertThat(transport(alice).dtlsClient()).isTrue();
  }

  /** Firefox, the server, answers an ICE restart as if it were the client, and stays the server. */
  @Test
  void anAnswerToAnIceRestartKeepsTheDtlsRoles() throws JsepException {
    negotiate(alice, bob);
    alice.setLocalDescription(OFFER, alice.createOffer());
    String answer = bob.currentLocalDescription().toString();
    String other = answer.replace("active", "passive").replace("bobb", "bob2");
    alice.setRemoteDescription(ANSWER, read(other));
    assertThat(transport(alice).iceUfrag()).isEqualTo("bob2");
    assertThat(transport(alice).dtlsClient()).isFalse();
    assertThat(transport(alice).association()).isZero();
  }

  @Test
  void anIceRestartOfTheRemoteShows() throws JsepException {
    negotiate(alice, bob);
    String restart = bob.createOffer().toString().replace("bobb", "bob2");
    alice.setRemoteDescription(OFFER, read(restart));
    assertThat(transport(alice).iceUfrag()).isEqualTo("bob2");
    assertThat(transport(alice).roleKnown()).isTrue();
    alice.setRemoteDescription(ROLLBACK, null);
    assertThat(transport(alice).iceUfrag()).isEqualTo("bobb");
  }

  @Test
  void theOrderOfSectionsMustNotChange() throws JsepException {
    negotiate(alice, bob);
    String text = bob.createOffer().toString();
    assertFails(
        "InvalidAccessError",
        () -> alice.setRemoteDescription(OFFER, read(text.replace("m=application", "m=text"))));
    String none = text.substring(0, text.indexOf("m=")).replace("a=group:BUNDLE 0\r\n", "");
    assertFails("InvalidAccessError", () -> alice.setRemoteDescription(OFFER, read(none)));
    String mid = text.replace("a=mid:0", "a=mid:9").replace("BUNDLE 0", "BUNDLE 9");
    assertFails("InvalidAccessError", () -> alice.setRemoteDescription(OFFER, read(mid)));
  }

  @Test
  void anAnswerMustFitItsOffer() throws JsepException {
    alice.setLocalDescription(OFFER, offer);
    String text = answerTo(bob, offer).toString();
    String second = text.substring(text.indexOf("m=")).replace("a=mid:0", "a=mid:1");
    for (String bad :
        new String[] {
          text + second,
          text.replace("m=application", "m=text"),
          text.replace("a=mid:0", "a=mid:1").replace("BUNDLE 0", "BUNDLE 1"),
          text.replace("UDP/DTLS", "TCP/DTLS"),
          text.replace("a=setup:active", "a=setup:actpass"),
          text.replace("a=setup:active", "a=setup:holdconn"),
          text.replaceAll("a=fingerprint.*\r\n", "")
        }) {
      assertFails("InvalidAccessError", () -> alice.setRemoteDescription(ANSWER, read(bad)));
    }
    alice.setRemoteDescription(ANSWER, read(text));
  }

  @Test
  void negotiationIsNeededUntilADataSectionIs() throws JsepException {
    assertThat(bob.isNegotiationNeeded()).isFalse();
    assertThat(alice.isNegotiationNeeded()).isTrue();
    alice.setLocalDescription(OFFER, offer);
    assertThat(alice.isNegotiationNeeded()).isFalse();
    alice.setLocalDescription(ROLLBACK, null);
    assertThat(alice.isNegotiationNeeded()).isTrue();
    negotiate(alice, bob);
    assertThat(alice.isNegotiationNeeded()).isFalse();
  }

  @Test
  void closedAllowsNothing() throws JsepException {
    negotiate(alice, bob);
    alice.close();
    alice.close();
    assertThat(alice.signalingState()).isEqualTo(SignalingState.CLOSED);
    assertThat(alice.isNegotiationNeeded()).isFalse();
    assertThat(alice.currentLocalDescription()).isNotNull();
    assertFails("InvalidStateError", alice::createOffer);
    assertFails("InvalidStateError", alice::createAnswer);
    assertFails("InvalidStateError", () -> alice.setLocalDescription(OFFER, offer));
    assertFails("InvalidStateError", () -> alice.setRemoteDescription(OFFER, offer));
    assertFails("InvalidStateError", () -> alice.addRemoteCandidate("", "0", 0, null));
  }

  @Test
  void twoOffersWithoutSectionsNegotiateNothing() throws JsepException {
    JsepSession empty = alice();
    negotiate(empty, bob);
    assertThat(transport(empty)).isNull();
    empty.requestDataChannels();
    negotiate(empty, bob);
    assertThat(bob.currentLocalDescription().media())
        .extracting(MediaDescription::mid)
        .containsExactly("0");
  }
}
