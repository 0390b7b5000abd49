package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Sessions and steps that tests share. */
final class Sessions {
  static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "CD";
  static final String OTHER_FINGERPRINT = "sha-256 " + "12:".repeat(31) + "34";

  private Sessions() {}

  static JsepSession alice() {
    return new JsepSession(
        new LocalTransport("alic", "alicePasswordOfTwentyTwo", FINGERPRINT, 5000, 262_144), 1111);
  }

  static JsepSession bob() {
    return new JsepSession(
        new LocalTransport("bobb", "bobsPasswordOfTwentyTwoo", OTHER_FINGERPRINT, 5001, 100_000),
        2222);
  }

  static SessionDescription read(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpException e) {
      throw new AssertionError(text, e);
    }
  }

  /** One whole negotiation that the first starts. */
  static void negotiate(JsepSession offerer, JsepSession answerer) throws JsepException {
    SessionDescription offer = offerer.createOffer();
    offerer.setLocalDescription(DescriptionType.OFFER, offer);
    answerer.setRemoteDescription(DescriptionType.OFFER, read(offer.toString()));
    SessionDescription answer = answerer.createAnswer();
    answerer.setLocalDescription(DescriptionType.ANSWER, answer);
    offerer.setRemoteDescription(DescriptionType.ANSWER, read(answer.toString()));
  }

  /** Our answer to an offer, applied. */
  static SessionDescription answerTo(JsepSession session, SessionDescription offer)
      throws JsepException {
    session.setRemoteDescription(DescriptionType.OFFER, offer);
    SessionDescription answer = session.createAnswer();
    session.setLocalDescription(DescriptionType.ANSWER, answer);
    return answer;
  }

  static JsepException assertFails(String name, ThrowingCallable step) {
    JsepException failure = catchThrowableOfType(JsepException.class, step);
    assertThat(failure).isNotNull();
    assertThat(failure.name()).as(failure.getMessage()).isEqualTo(name);
    return failure;
  }
}
