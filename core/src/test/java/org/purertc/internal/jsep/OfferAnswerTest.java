package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.answerTo;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.negotiate;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transport;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

class OfferAnswerTest {

  @Test
  void offersADataSectionAsChromiumDoes() throws JsepException {
    JsepSession alice = alice();
    alice.requestDataChannels();
    assertThat(alice.createOffer().toString().split("\r\n"))
        .containsExactly(
            "v=0",
            "o=- 1111 0 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "a=extmap-allow-mixed",
            "a=msid-semantic: WMS",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:alic",
            "a=ice-pwd:alicePasswordOfTwentyTwo",
            "a=ice-options:trickle ice2",
            "a=fingerprint:" + Sessions.FINGERPRINT,
            "a=setup:actpass",
            "a=mid:0",
            "a=sctp-port:5000",
            "a=max-message-size:262144");
  }

  @Test
  void offersNothingWhenNothingIsWanted() throws JsepException {
    assertThat(alice().createOffer().media()).isEmpty();
  }

  @Test
  void bothSidesAgreeOnTransportAndRoles() throws JsepException {
    JsepSession alice = alice();
    JsepSession bob = bob();
    alice.requestDataChannels();
    negotiate(alice, bob);
    assertThat(transport(alice))
        .isEqualTo(
            new NegotiatedTransport(
                0,
                List.of("0"),
                "bobb",
                "bobsPasswordOfTwentyTwoo",
                false,
                List.of(Sessions.OTHER_FINGERPRINT),
                null,
                true,
                false,
                0));
    assertThat(alice.data()).isEqualTo(new NegotiatedData("0", 0, 5001, 100_000));
    assertThat(transport(bob))
        .isEqualTo(
            new NegotiatedTransport(
                0,
                List.of("0"),
                "alic",
                "alicePasswordOfTwentyTwo",
                false,
                List.of(Sessions.FINGERPRINT),
                null,
                true,
                true,
                0));
    assertThat(bob.data()).isEqualTo(new NegotiatedData("0", 0, 5000, 262_144));
    assertThat(alice.signalingState()).isEqualTo(SignalingState.STABLE);
    assertThat(bob.dataMid()).isEqualTo("0");
  }

  @ParameterizedTest
  @MethodSource("org.purertc.sdp.BrowserSdp#names")
  void answersEveryBrowserDescription(String name) throws JsepException {
    // The answers among the files serve as offers too: setup:active asks us to be passive.
    SessionDescription offer = BrowserSdp.parsed(name);
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, offer);
    assertThat(read(answer.toString())).isEqualTo(answer);
    assertThat(answer.media()).hasSameSizeAs(offer.media());
    for (int i = 0; i < answer.media().size(); i++) {
      MediaDescription asked = offer.media().get(i);
      MediaDescription given = answer.media().get(i);
      boolean data = asked.media().equals("application");
      assertThat(given.media()).isEqualTo(asked.media());
      assertThat(given.protocol()).isEqualTo(asked.protocol());
      assertThat(given.mid()).isEqualTo(asked.mid());
      assertThat(given.port()).isEqualTo(data ? 9 : 0);
    }
    boolean hasData = name.contains("datachannel");
    assertThat(transport(bob) != null).isEqualTo(hasData);
    assertThat(answer.attributes().value("group")).isEqualTo(hasData ? "BUNDLE 0" : null);
    assertThat(answer.attributes().allowsMixedExtmap())
        .isEqualTo(offer.toString().contains("a=extmap-allow-mixed"));
    if (hasData) {
      assertThat(answer.media().get(0).attributes().setup())
          .hasToString(name.contains("answer") ? "passive" : "active");
    }
  }

  @Test
  void readsChromiumsTransport() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("chromium-datachannel"));
    NegotiatedTransport transport = transport(bob);
    assertThat(transport).isNotNull();
    assertThat(transport.iceUfrag()).isEqualTo("bowP");
    assertThat(transport.icePwd()).isEqualTo("0R7suj5uKge3GmXSBBKwdp1y");
    assertThat(transport.fingerprints()).hasSize(1);
    assertThat(bob.data().maxMessageSize()).isEqualTo(262_144);
    assertThat(transport.dtlsClient()).isTrue();
    assertThat(bob.remoteCandidates(0)).hasSize(8);
    assertThat(bob.remoteCandidatesEnded(0)).isFalse();
  }

  @Test
  void readsFirefoxsFingerprintOfTheSessionLevel() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("firefox-datachannel"));
    NegotiatedTransport transport = transport(bob);
    assertThat(transport).isNotNull();
    assertThat(transport.fingerprints()).singleElement().asString().startsWith("sha-256 DA:17:86");
    assertThat(bob.data().maxMessageSize()).isEqualTo(1_073_741_823);
    assertThat(bob.remoteCandidatesEnded(0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "chromium-datachannel, chromium-answer-datachannel",
    "firefox-datachannel, firefox-answer-datachannel"
  })
  void appliesABrowsersAnswer(String offerName, String answerName) throws JsepException {
    JsepSession alice = alice();
    alice.requestDataChannels();
    alice.setLocalDescription(DescriptionType.OFFER, alice.createOffer());
    alice.setRemoteDescription(DescriptionType.ANSWER, BrowserSdp.parsed(answerName));
    assertThat(transport(alice)).isNotNull();
    assertThat(transport(alice).dtlsClient()).isFalse();
    assertThat(BrowserSdp.parsed(offerName).media()).hasSize(1);
  }

  @Test
  void anAnswerWithActpassIsAnError() throws JsepException {
    JsepSession alice = alice();
    alice.requestDataChannels();
    alice.setLocalDescription(DescriptionType.OFFER, alice.createOffer());
    assertFails(
        "InvalidAccessError",
        () ->
            alice.setRemoteDescription(
                DescriptionType.ANSWER, BrowserSdp.parsed("chromium-datachannel")));
    assertThat(alice.signalingState()).isEqualTo(SignalingState.HAVE_LOCAL_OFFER);
  }
}
