package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transceiver;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SdpMutant;
import org.purertc.sdp.SessionDescription;

/** Broken descriptions are applied wholly, or refused and change nothing. */
class MediaFuzzTest {
  private static final int MUTANTS_OF_EACH = 40;

  @ParameterizedTest
  @MethodSource({"org.purertc.sdp.BrowserSdp#names", "org.purertc.sdp.PeerSdp#names"})
  void brokenDescriptionsGiveNothingButJsepException(String name) {
    for (int seed = 0; seed < MUTANTS_OF_EACH; seed++) {
      String which = name + ", seed " + seed;
      Random random = new Random(seed);
      BundlePolicy policy = BundlePolicy.values()[random.nextInt(3)];
      JsepSession session = Sessions.bob(policy, MediaCapabilities.STANDARD);
      try {
        SessionDescription mutant =
            SessionDescription.parse(SdpMutant.of(BrowserSdp.text(name), random));
        session.addTransceiver(transceiver(MediaKind.AUDIO, MediaDirection.SENDRECV));
        session.addTransceiver(transceiver(MediaKind.VIDEO, MediaDirection.SENDRECV));
        if (random.nextBoolean()) {
          session.transceivers().forEach(Transceiver::markAddedByTrack);
        }
        apply(session, mutant, random.nextBoolean(), which);
      } catch (SdpException e) {
        assertThat(e).as(which).hasMessageStartingWith("SDP line");
      } catch (RuntimeException e) {
        throw new AssertionError(which, e);
      }
    }
  }

  private static void apply(
      JsepSession session, SessionDescription mutant, boolean asAnswer, String which) {
    List<Transceiver> before = session.transceivers();
    SignalingState expected = SignalingState.STABLE;
    try {
      if (asAnswer) {
        session.setLocalDescription(DescriptionType.OFFER, session.createOffer());
        expected = SignalingState.HAVE_LOCAL_OFFER;
        session.setRemoteDescription(DescriptionType.ANSWER, mutant);
      } else {
        SessionDescription answer = Sessions.answerTo(session, mutant);
        assertThat(answer.media()).as(which).hasSameSizeAs(mutant.media());
        assertThat(read(answer.toString())).as(which).isEqualTo(answer);
      }
      assertThat(session.signalingState()).as(which).isEqualTo(SignalingState.STABLE);
      for (Transceiver transceiver : session.transceivers()) {
        boolean hasSection = transceiver.mid() != null;
        assertThat(transceiver.negotiated() != null).as(which).isEqualTo(hasSection);
      }
      SessionDescription again = session.createOffer();
      assertThat(read(again.toString())).as(which).isEqualTo(again);
    } catch (JsepException e) {
      assertThat(session.signalingState()).as(which).isEqualTo(expected);
      assertThat(session.transceivers()).as(which).isEqualTo(before);
      assertThat(session.takeRemoteTrackChanges()).as(which).isEmpty();
    }
  }
}
