package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Sessions and steps that tests share. */
final class Sessions {
  static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "CD";
  static final String OTHER_FINGERPRINT = "sha-256 " + "12:".repeat(31) + "34";

  private Sessions() {}

  /** Without audio and video. */
  static JsepSession alice() {
    return alice(BundlePolicy.BALANCED, MediaCapabilities.NONE);
  }

  static JsepSession bob() {
    return bob(BundlePolicy.BALANCED, MediaCapabilities.NONE);
  }

  static JsepSession alice(BundlePolicy policy, MediaCapabilities capabilities) {
    return session(
        new JsepConfiguration(1111, 5000, 262_144, policy, capabilities),
        new LocalTransport("alic", "alicePasswordOfTwentyTwo", FINGERPRINT));
  }

  static JsepSession bob(BundlePolicy policy, MediaCapabilities capabilities) {
    return session(
        new JsepConfiguration(2222, 5001, 100_000, policy, capabilities),
        new LocalTransport("bobb", "bobsPasswordOfTwentyTwoo", OTHER_FINGERPRINT));
  }

  private static JsepSession session(JsepConfiguration configuration, LocalTransport first) {
    return new JsepSession(
        configuration,
        new NumberedTransports(first),
        kind -> transceiver(kind, MediaDirection.RECVONLY));
  }

  /** One with a track of its own. */
  static Transceiver transceiver(MediaKind kind, MediaDirection direction) {
    boolean video = kind == MediaKind.VIDEO;
    Transceiver transceiver =
        new Transceiver(
            kind,
            direction,
            List.of(new MediaSource(video ? 2000 : 1000, video ? 2001 : -1, "cname")));
    transceiver.setStreamIds(List.of("stream"));
    transceiver.setTrackId(kind + "Track");
    return transceiver;
  }

  /** The only transport; null without one. */
  static @Nullable NegotiatedTransport transport(JsepSession session) {
    assertThat(session.transports().size()).isLessThan(2);
    return session.transports().isEmpty() ? null : session.transports().get(0);
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

  /** The further transports have a number behind the ufrag of the first, restarted ones an r. */
  private record NumberedTransports(LocalTransport first) implements RestartableTransports {
    @Override
    public LocalTransport transport(int index) {
      return index == 0 ? first : named(first.iceUfrag() + index);
    }

    @Override
    public LocalTransport restarted(int index) {
      return named(first.iceUfrag() + index + "r");
    }

    private LocalTransport named(String ufrag) {
      return new LocalTransport(ufrag, first.icePwd(), first.fingerprint());
    }
  }
}
