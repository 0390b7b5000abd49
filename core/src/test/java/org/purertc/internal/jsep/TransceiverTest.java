package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.DescriptionType.ANSWER;
import static org.purertc.internal.jsep.DescriptionType.OFFER;
import static org.purertc.internal.jsep.DescriptionType.PRANSWER;
import static org.purertc.internal.jsep.DescriptionType.ROLLBACK;
import static org.purertc.internal.jsep.Sessions.answerTo;
import static org.purertc.internal.jsep.Sessions.negotiate;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transceiver;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;

/** Transceivers and their sections: RFC 9429 section 5 and W3C WebRTC section 4.4.1.5. */
class TransceiverTest {
  private final JsepSession alice =
      Sessions.alice(BundlePolicy.BALANCED, MediaCapabilities.STANDARD);
  private final JsepSession bob = Sessions.bob(BundlePolicy.BALANCED, MediaCapabilities.STANDARD);

  private static Transceiver add(JsepSession session, MediaKind kind, MediaDirection direction) {
    Transceiver added = transceiver(kind, direction);
    session.addTransceiver(added);
    return added;
  }

  private static Transceiver addTrack(JsepSession session, MediaKind kind) {
    Transceiver added = add(session, kind, MediaDirection.SENDRECV);
    added.markAddedByTrack();
    return added;
  }

  private static Transceiver only(JsepSession session) {
    assertThat(session.transceivers()).hasSize(1);
    return session.transceivers().get(0);
  }

  private static void offerTo(JsepSession to, JsepSession from) throws JsepException {
    from.setLocalDescription(OFFER, from.createOffer());
    to.setRemoteDescription(
        OFFER, read(Objects.requireNonNull(from.pendingLocalDescription()).toString()));
  }

  @Test
  void anOfferMakesAReceivingTransceiver() throws JsepException {
    Transceiver ours = add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    assertThat(ours.mid()).isEqualTo("0");
    assertThat(ours.mLineIndex()).isZero();
    assertThat(ours.currentDirection()).isNull();
    Transceiver theirs = only(bob);
    assertThat(theirs.kind()).isEqualTo(MediaKind.VIDEO);
    assertThat(theirs.direction()).isEqualTo(MediaDirection.RECVONLY);
    assertThat(theirs.mid()).isEqualTo("0");
    assertThat(theirs.negotiated()).isNull();
  }

  @Test
  void anAnswerNegotiatesBothSides() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    assertThat(ours.currentDirection()).isEqualTo(MediaDirection.SENDONLY);
    assertThat(ours.hasSent()).isTrue();
    Transceiver theirs = only(bob);
    assertThat(theirs.currentDirection()).isEqualTo(MediaDirection.RECVONLY);
    assertThat(theirs.hasSent()).isFalse();
    NegotiatedMedia media = Objects.requireNonNull(theirs.negotiated());
    assertThat(media.remoteStreamIds()).containsExactly("stream");
    assertThat(media.remoteTrackId()).isEqualTo("audioTrack");
    assertThat(media.remoteSources()).containsExactly(new MediaSource(1000, -1, "cname"));
    assertThat(media.reducedSizeRtcp()).isTrue();
  }

  /** RFC 9429 section 5.3.1. */
  @ParameterizedTest
  @CsvSource({
    "SENDRECV, SENDRECV, SENDRECV",
    "SENDRECV, SENDONLY, SENDONLY",
    "SENDONLY, SENDRECV, RECVONLY",
    "SENDONLY, SENDONLY, INACTIVE",
    "RECVONLY, SENDRECV, SENDONLY",
    "INACTIVE, SENDRECV, INACTIVE"
  })
  void theAnswerAllowsWhatBothWant(
      MediaDirection offered, MediaDirection wanted, MediaDirection answered) throws JsepException {
    add(alice, MediaKind.AUDIO, offered);
    offerTo(bob, alice);
    only(bob).setDirection(wanted);
    SessionDescription answer = bob.createAnswer();
    assertThat(answer.media().get(0).attributes().direction()).isEqualTo(answered);
    bob.setLocalDescription(ANSWER, answer);
    assertThat(only(bob).currentDirection()).isEqualTo(answered);
  }

  /** RFC 9429 section 5.10. */
  @Test
  void anOfferTakesTheFirstTransceiverOfAddTrackOfItsKind() throws JsepException {
    Transceiver explicit = add(bob, MediaKind.VIDEO, MediaDirection.SENDRECV);
    Transceiver audio = addTrack(bob, MediaKind.AUDIO);
    Transceiver video = addTrack(bob, MediaKind.VIDEO);
    Transceiver second = addTrack(bob, MediaKind.VIDEO);
    add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    assertThat(video.mid()).isEqualTo("0");
    assertThat(video.currentDirection()).isEqualTo(MediaDirection.SENDRECV);
    assertThat(List.of(explicit, audio, second)).extracting(Transceiver::mid).containsOnlyNulls();
    assertThat(bob.transceivers()).containsExactly(explicit, audio, video, second);
    assertThat(bob.isNegotiationNeeded()).isTrue();
  }

  @Test
  void anOfferThatOnlySendsTakesNoTransceiverOfAddTrack() throws JsepException {
    Transceiver track = addTrack(bob, MediaKind.VIDEO);
    add(alice, MediaKind.VIDEO, MediaDirection.SENDONLY);
    negotiate(alice, bob);
    assertThat(track.mid()).isNull();
    assertThat(bob.transceivers()).hasSize(2);
  }

  @Test
  void aStoppedTransceiverLeavesItsSectionToTheNext() throws JsepException {
    Transceiver first = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    first.stop();
    assertThat(first.isStopping()).isTrue();
    assertThat(first.isStopped()).isFalse();
    assertThat(first.direction()).isEqualTo(MediaDirection.INACTIVE);
    assertThat(alice.isNegotiationNeeded()).isTrue();
    Transceiver theirs = bob.transceivers().get(0);
    negotiate(alice, bob);
    assertThat(first.isStopped()).isTrue();
    assertThat(first.currentDirection()).isNull();
    assertThat(theirs.isStopped()).isTrue();
    assertThat(alice.transceivers()).hasSize(1);
    assertThat(bob.transceivers()).hasSize(1);
    // RFC 9429 section 5.2.2: the section is used anew, by any kind, with a new mid.
    Transceiver next = add(alice, MediaKind.VIDEO, MediaDirection.SENDONLY);
    negotiate(alice, bob);
    assertThat(next.mLineIndex()).isZero();
    assertThat(next.mid()).isEqualTo("2");
    SessionDescription local = Objects.requireNonNull(alice.currentLocalDescription());
    assertThat(local.media()).extracting(MediaDescription::media).containsExactly("video", "video");
    assertThat(local.attributes().value("group")).isEqualTo("BUNDLE 1 2");
    assertThat(bob.transceivers()).extracting(Transceiver::mid).containsExactly("1", "2");
  }

  @Test
  void theAnswererMayStopToo() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    only(bob).stop();
    negotiate(alice, bob);
    assertThat(ours.isStopped()).isTrue();
    assertThat(alice.transceivers()).isEmpty();
    assertThat(alice.transports()).isEmpty();
  }

  @Test
  void onlyTheFinalAnswerStops() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    SessionDescription answer = bob.createAnswer();
    String rejecting =
        answer.toString().replace("m=audio 9", "m=audio 0").replace("a=group:BUNDLE 0\r\n", "");
    alice.setRemoteDescription(PRANSWER, read(rejecting));
    assertThat(ours.isStopped()).isFalse();
    alice.setRemoteDescription(ANSWER, answer);
    assertThat(ours.currentDirection()).isEqualTo(MediaDirection.SENDONLY);
  }

  @Test
  void aTransceiverWithoutASectionStopsAtOnce() {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    ours.stop();
    assertThat(ours.isStopped()).isTrue();
    assertThat(alice.transceivers()).isEmpty();
    assertThat(alice.isNegotiationNeeded()).isFalse();
  }

  @Test
  void aRollbackTakesBackWhatARemoteOfferMade() throws JsepException {
    add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    Transceiver made = only(bob);
    bob.takeRemoteTrackChanges();
    bob.setRemoteDescription(ROLLBACK, null);
    assertThat(bob.transceivers()).isEmpty();
    assertThat(made.isStopped()).isTrue();
    assertThat(made.mid()).isNull();
    assertThat(bob.takeRemoteTrackChanges())
        .containsExactly(new RemoteTrackChange(made, false, List.of(), ""));
  }

  @Test
  void aRollbackKeepsATransceiverThatAddTrackTook() throws JsepException {
    add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    Transceiver made = only(bob);
    made.markAddedByTrack();
    bob.setRemoteDescription(ROLLBACK, null);
    assertThat(bob.transceivers()).containsExactly(made);
    assertThat(made.mid()).isNull();
    assertThat(made.isStopped()).isFalse();
    assertThat(bob.isNegotiationNeeded()).isTrue();
  }

  @Test
  void aRollbackTakesTheSectionOfALocalOffer() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    alice.setLocalDescription(OFFER, alice.createOffer());
    assertThat(ours.mid()).isEqualTo("0");
    alice.setLocalDescription(ROLLBACK, null);
    assertThat(ours.mid()).isNull();
    assertThat(ours.mLineIndex()).isEqualTo(-1);
    assertThat(alice.transceivers()).containsExactly(ours);
  }

  @Test
  void glareEndsWithTheTrackOfThePoliteSideInTheOthersSection() throws JsepException {
    Transceiver polite = addTrack(bob, MediaKind.AUDIO);
    Transceiver impolite = addTrack(alice, MediaKind.AUDIO);
    bob.setLocalDescription(OFFER, bob.createOffer());
    alice.setLocalDescription(OFFER, alice.createOffer());
    SessionDescription offer = Objects.requireNonNull(alice.pendingLocalDescription());
    alice.setRemoteDescription(ANSWER, answerTo(bob, offer));
    assertThat(only(bob)).isSameAs(polite);
    assertThat(only(alice)).isSameAs(impolite);
    assertThat(polite.currentDirection()).isEqualTo(MediaDirection.SENDRECV);
    assertThat(bob.isNegotiationNeeded()).isFalse();
  }

  @Test
  void anotherRemoteOfferReplacesTheFirst() throws JsepException {
    add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    Transceiver second = add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    Transceiver audio = bob.transceivers().get(0);
    Transceiver video = bob.transceivers().get(1);
    second.stop();
    offerTo(bob, alice);
    assertThat(bob.transceivers()).containsExactly(audio);
    assertThat(video.isStopped()).isTrue();
  }

  @Test
  void tracksOfTheRemoteComeAndGo() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    Transceiver theirs = only(bob);
    assertThat(bob.takeRemoteTrackChanges())
        .containsExactly(new RemoteTrackChange(theirs, true, List.of("stream"), "audioTrack"));
    assertThat(alice.takeRemoteTrackChanges()).isEmpty();
    ours.setStreamIds(List.of("stream", "other"));
    negotiate(alice, bob);
    assertThat(bob.takeRemoteTrackChanges())
        .containsExactly(
            new RemoteTrackChange(theirs, true, List.of("stream", "other"), "audioTrack"));
    negotiate(bob, alice);
    assertThat(bob.takeRemoteTrackChanges()).isEmpty();
    ours.setDirection(MediaDirection.INACTIVE);
    negotiate(alice, bob);
    assertThat(bob.takeRemoteTrackChanges())
        .containsExactly(new RemoteTrackChange(theirs, false, List.of(), ""));
  }

  @Test
  void aLocalAnswerThatDoesNotReceiveEndsTheTrack() throws JsepException {
    add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    offerTo(bob, alice);
    only(bob).setDirection(MediaDirection.SENDONLY);
    bob.takeRemoteTrackChanges();
    bob.setLocalDescription(ANSWER, bob.createAnswer());
    assertThat(bob.takeRemoteTrackChanges())
        .extracting(RemoteTrackChange::sends)
        .containsExactly(false);
  }

  @Test
  void aRollbackRestoresTheTrackThatAnOfferEnded() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    negotiate(alice, bob);
    ours.setDirection(MediaDirection.RECVONLY);
    offerTo(bob, alice);
    bob.takeRemoteTrackChanges();
    bob.setRemoteDescription(ROLLBACK, null);
    assertThat(bob.takeRemoteTrackChanges())
        .containsExactly(new RemoteTrackChange(only(bob), true, List.of("stream"), "audioTrack"));
    assertThat(only(bob).currentDirection()).isEqualTo(MediaDirection.RECVONLY);
  }

  /** W3C WebRTC section 4.7.3. */
  @Test
  void negotiationIsNeededForEachThingThatDescriptionsSay() throws JsepException {
    Transceiver ours = add(alice, MediaKind.AUDIO, MediaDirection.SENDRECV);
    assertThat(alice.isNegotiationNeeded()).isTrue();
    negotiate(alice, bob);
    assertThat(alice.isNegotiationNeeded()).isFalse();
    assertThat(bob.isNegotiationNeeded()).isFalse();
    ours.setDirection(MediaDirection.RECVONLY);
    assertThat(alice.isNegotiationNeeded()).isTrue();
    ours.setDirection(MediaDirection.SENDONLY);
    // The answer said so already.
    assertThat(alice.isNegotiationNeeded()).isFalse();
    ours.setStreamIds(List.of("other"));
    assertThat(alice.isNegotiationNeeded()).isTrue();
    ours.setStreamIds(List.of("stream"));
    ours.stop();
    assertThat(alice.isNegotiationNeeded()).isTrue();
    only(bob).setDirection(MediaDirection.SENDRECV);
    assertThat(bob.isNegotiationNeeded()).isTrue();
  }

  @Test
  void anAnswererThatCannotSendYetNeedsNoOfferForItsStreams() throws JsepException {
    add(alice, MediaKind.AUDIO, MediaDirection.SENDONLY);
    offerTo(bob, alice);
    only(bob).setDirection(MediaDirection.SENDRECV);
    bob.setLocalDescription(ANSWER, bob.createAnswer());
    assertThat(bob.isNegotiationNeeded()).isFalse();
  }

  @Test
  void anUnknownCodecIsRejectedWithoutATransceiver() throws JsepException {
    add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    String offer = alice.createOffer().toString();
    String unknown = offer.replaceAll("a=rtpmap:(\\d+) (VP8|VP9|AV1|H264)/", "a=rtpmap:$1 X$2/");
    SessionDescription answer = answerTo(bob, read(unknown));
    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0);
    assertThat(bob.transceivers()).isEmpty();
    assertThat(bob.transports()).isEmpty();
  }

  @Test
  void aSessionWithoutMediaRejectsItAndMakesNothing() throws JsepException {
    JsepSession dataOnly = Sessions.bob();
    add(alice, MediaKind.VIDEO, MediaDirection.SENDRECV);
    alice.requestDataChannels();
    negotiate(alice, dataOnly);
    assertThat(dataOnly.transceivers()).isEmpty();
    assertThat(dataOnly.data()).isNotNull();
    assertThat(alice.transceivers()).isEmpty();
  }
}
