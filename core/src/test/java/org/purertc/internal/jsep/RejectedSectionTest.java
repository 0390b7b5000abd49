package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.alice;
import static org.purertc.internal.jsep.Sessions.answerTo;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.bob;
import static org.purertc.internal.jsep.Sessions.negotiate;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** Audio, video and unknown sections, and data sections that are not quite ours. */
class RejectedSectionTest {

  /** A browser's audio and video offer with its data section behind them, mid 2. */
  private static String avAndData(String browser) {
    String av = BrowserSdp.text(browser + "-audio-video");
    String data = BrowserSdp.text(browser + "-datachannel");
    String section = data.substring(data.indexOf("m=application"));
    return av.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + section.replace("a=mid:0", "a=mid:2");
  }

  private static String dataOffer(String browser) {
    return BrowserSdp.text(browser + "-datachannel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void theDataSectionBecomesTheFirstOfTheBundle(String browser) throws JsepException {
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, read(avAndData(browser)));
    assertThat(answer.attributes().value("group")).isEqualTo("BUNDLE 2");
    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0, 0, 9);
    assertThat(answer.media().get(0))
        .hasToString(
            "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:0\r\n");
    assertThat(bob.dataMid()).isEqualTo("2");
  }

  @Test
  void takesTheTransportOfTheSectionThatIsAccepted() throws JsepException {
    JsepSession bob = bob();
    // The data section of the file has a ufrag of its own, as bundled sections may before an
    // answer.
    answerTo(bob, read(avAndData("chromium")));
    assertThat(transport(bob)).isNotNull();
    assertThat(transport(bob).iceUfrag()).isEqualTo("bowP");
  }

  @Test
  void aBundleOnlyDataSectionTakesTheTransportOfTheFirst() throws JsepException {
    String offer = avAndData("chromium");
    int at = offer.indexOf("m=application");
    String section = offer.substring(at).replaceFirst("m=application \\d+", "m=application 0");
    String bare =
        section.replaceAll("a=(candidate|ice-|fingerprint|setup).*\r\n", "") + "a=bundle-only\r\n";
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, read(offer.substring(0, at) + bare));
    assertThat(answer.media().get(2).port()).isEqualTo(9);
    assertThat(transport(bob)).isNotNull();
    assertThat(transport(bob).iceUfrag()).isEqualTo("Cz80");
    assertThat(bob.remoteCandidates(0)).isNotEmpty();
  }

  @Test
  void anOfferWithoutDataIsRejectedWholly() throws JsepException {
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, BrowserSdp.parsed("chromium-audio-video"));
    assertThat(answer.attributes().groups()).isEmpty();
    assertThat(transport(bob)).isNull();
    assertThat(bob.dataMid()).isNull();
  }

  @Test
  void afterARejectedOfferOurOwnKeepsTheSlots() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("chromium-audio-video"));
    bob.requestDataChannels();
    assertThat(bob.isNegotiationNeeded()).isTrue();
    SessionDescription offer = bob.createOffer();
    assertThat(offer.media())
        .extracting(MediaDescription::media)
        .containsExactly("audio", "video", "application");
    assertThat(offer.media()).extracting(MediaDescription::port).containsExactly(0, 0, 9);
    assertThat(offer.media()).extracting(MediaDescription::mid).containsExactly("0", "1", "2");
    assertThat(offer.attributes().value("group")).isEqualTo("BUNDLE 2");
  }

  @Test
  void aNewMidIsNoneThatTheRemoteHas() throws JsepException {
    JsepSession bob = bob();
    String offer =
        BrowserSdp.text("chromium-audio-video")
            .replace("BUNDLE 0 1", "BUNDLE 2 video")
            .replace("a=mid:0", "a=mid:2")
            .replace("a=mid:1", "a=mid:video");
    answerTo(bob, read(offer));
    bob.requestDataChannels();
    assertThat(bob.createOffer().media().get(2).mid()).isEqualTo("0");
  }

  @Test
  void anOfferWithoutBundleIsAnsweredWithoutBundle() throws JsepException {
    JsepSession bob = bob();
    SessionDescription answer =
        answerTo(bob, read(dataOffer("chromium").replace("a=group:BUNDLE 0\r\n", "")));
    assertThat(answer.attributes().groups()).isEmpty();
    assertThat(transport(bob)).isNotNull();
  }

  @Test
  void anOfferWithoutMidIsAnsweredWithoutMid() throws JsepException {
    JsepSession bob = bob();
    String offer =
        dataOffer("firefox").replace("a=group:BUNDLE 0\r\n", "").replace("a=mid:0\r\n", "");
    SessionDescription answer = answerTo(bob, read(offer));
    assertThat(answer.media().get(0).mid()).isNull();
    assertThat(bob.dataMid()).isEqualTo("0");
    String candidate = "candidate:9 1 udp 1 192.0.2.9 9 typ host";
    assertThat(bob.addRemoteCandidate(candidate, "0", null, null)).containsExactly(0);
    assertThat(bob.createOffer().media().get(0).mid()).isEqualTo("0");
  }

  @Test
  void anOldSyntaxIsAnsweredInKind() throws JsepException {
    JsepSession bob = bob();
    String old =
        dataOffer("chromium")
            .replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
            .replace("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 1024")
            .replace("a=max-message-size:262144\r\n", "");
    SessionDescription answer = answerTo(bob, read(old));
    assertThat(answer.media().get(0).toString())
        .startsWith("m=application 9 DTLS/SCTP 5001\r\n")
        .contains("a=sctpmap:5001 webrtc-datachannel 65535\r\n")
        .doesNotContain("a=sctp-port");
    assertThat(transport(bob)).isNotNull();
    assertThat(bob.data().sctpPort()).isEqualTo(5000);
    // RFC 8841 section 6: absent means 65,536.
    assertThat(bob.data().maxMessageSize()).isEqualTo(65_536);
  }

  @Test
  void aLaterOfferToAnOldRemoteKeepsItsSyntax() throws JsepException {
    JsepSession bob = bob();
    String old =
        dataOffer("chromium")
            .replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
            .replace("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 1024");
    answerTo(bob, read(old));
    assertThat(bob.createOffer().media().get(0).toString())
        .startsWith("m=application 9 DTLS/SCTP 5001\r\n")
        .contains("a=setup:actpass\r\n", "a=sctpmap:5001 webrtc-datachannel 65535\r\n");
  }

  @Test
  void anUnknownApplicationIsRejected() throws JsepException {
    JsepSession bob = bob();
    String offer =
        dataOffer("chromium").replace("UDP/DTLS/SCTP webrtc-datachannel", "UDP/TLS/BFCP *");
    assertThat(answerTo(bob, read(offer)).media().get(0).toString())
        .startsWith("m=application 0 UDP/TLS/BFCP *\r\n");
  }

  @Test
  void aSecondDataSectionIsRejected() throws JsepException {
    String offer = dataOffer("chromium").replace("BUNDLE 0", "BUNDLE 0 1");
    String second = offer.substring(offer.indexOf("m=")).replace("a=mid:0", "a=mid:1");
    SessionDescription answer = answerTo(bob(), read(offer + second));
    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(9, 0);
    assertThat(answer.attributes().value("group")).isEqualTo("BUNDLE 0");
  }

  @Test
  void anRtpSectionWithoutRtcpMuxIsNamed() {
    SessionDescription offer =
        read(BrowserSdp.text("chromium-audio-video").replaceFirst("a=rtcp-mux\r\n", ""));
    JsepException failure =
        assertFails(
            "InvalidAccessError", () -> bob().setRemoteDescription(DescriptionType.OFFER, offer));
    assertThat(failure).hasMessageContaining("m-line 0 (audio): a=rtcp-mux is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=ice-ufrag",
        "a=ice-pwd",
        "a=fingerprint",
        "a=setup",
        "a=sctp-port",
        "a=setup:holdconn"
      })
  void aDataSectionWithoutWhatConnectsItIsNamed(String missing) {
    String offer = dataOffer("chromium");
    String broken =
        missing.endsWith("holdconn")
            ? offer.replace("a=setup:actpass", missing)
            : offer.replaceAll(missing + ":.*\r\n", "");
    JsepException failure =
        assertFails(
            "InvalidAccessError",
            () -> bob().setRemoteDescription(DescriptionType.OFFER, read(broken)));
    assertThat(failure).hasMessageContaining(missing);
  }

  @Test
  void aBundleOfAnUnknownMidIsAnError() {
    SessionDescription offer = read(dataOffer("chromium").replace("BUNDLE 0", "BUNDLE 0 7"));
    assertFails(
        "InvalidAccessError", () -> bob().setRemoteDescription(DescriptionType.OFFER, offer));
  }

  @Test
  void aMidInTwoBundlesIsAnError() {
    SessionDescription offer =
        read(
            dataOffer("chromium")
                .replace("a=group:BUNDLE 0\r\n", "a=group:BUNDLE 0\r\na=group:BUNDLE 0\r\n"));
    assertFails(
        "InvalidAccessError", () -> bob().setRemoteDescription(DescriptionType.OFFER, offer));
  }

  @Test
  void aRemoteThatRejectsOurDataLeavesNoTransport() throws JsepException {
    JsepSession alice = alice();
    alice.requestDataChannels();
    SessionDescription offer = alice.createOffer();
    alice.setLocalDescription(DescriptionType.OFFER, offer);
    String answer =
        BrowserSdp.text("chromium-answer-datachannel")
            .replaceFirst("m=application \\d+", "m=application 0")
            .replace("a=group:BUNDLE 0\r\n", "");
    alice.setRemoteDescription(DescriptionType.ANSWER, read(answer));
    assertThat(transport(alice)).isNull();
    assertThat(alice.dataMid()).isNull();
    assertThat(alice.isNegotiationNeeded()).isFalse();
    // A later offer uses the slot anew, with a new mid.
    assertThat(alice.createOffer().media()).extracting(MediaDescription::mid).containsExactly("1");
  }

  @Test
  void aRemoteThatTakesTheDataAwayLeavesNoTransport() throws JsepException {
    JsepSession alice = alice();
    JsepSession bob = bob();
    bob.requestDataChannels();
    negotiate(bob, alice);
    String gone =
        alice
            .currentRemoteDescription()
            .toString()
            .replace("m=application 9", "m=application 0")
            .replace("a=group:BUNDLE 0\r\n", "");
    SessionDescription answer = answerTo(alice, read(gone));
    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0);
    assertThat(transport(alice)).isNull();
  }
}
