package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.negotiate;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transceiver;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.RtpMapAttribute;
import org.purertc.sdp.SessionDescription;

/** Offers of audio and video, RFC 9429 section 5.2. */
class MediaOfferTest {
  private static final MediaCapabilities MEDIA = MediaCapabilities.STANDARD;

  private final JsepSession alice = Sessions.alice(BundlePolicy.BALANCED, MEDIA);
  private final JsepSession bob = Sessions.bob(BundlePolicy.BALANCED, MEDIA);

  private static Transceiver add(JsepSession session, MediaKind kind) {
    Transceiver added = transceiver(kind, MediaDirection.SENDRECV);
    session.addTransceiver(added);
    return added;
  }

  private static JsepSession withTwoOfEach(BundlePolicy policy) {
    JsepSession session = Sessions.alice(policy, MEDIA);
    add(session, MediaKind.AUDIO);
    add(session, MediaKind.VIDEO);
    add(session, MediaKind.VIDEO);
    session.requestDataChannels();
    return session;
  }

  private static List<String> ufrags(SessionDescription description) {
    return description.media().stream()
        .map(section -> Objects.requireNonNull(section.attributes().iceUfrag()))
        .toList();
  }

  private static MediaDescription section(SessionDescription description, int index) {
    return description.media().get(index);
  }

  @Test
  void offersAnAudioSection() throws JsepException {
    add(alice, MediaKind.AUDIO);
    assertThat(section(alice.createOffer(), 0).toString().split("\r\n"))
        .containsExactly(
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:alic",
            "a=ice-pwd:alicePasswordOfTwentyTwo",
            "a=ice-options:trickle ice2",
            "a=fingerprint:" + Sessions.FINGERPRINT,
            "a=setup:actpass",
            "a=mid:0",
            "a=extmap:1 " + MediaCapabilities.AUDIO_LEVEL,
            "a=extmap:2 " + MediaCapabilities.ABS_SEND_TIME,
            "a=extmap:3 " + MediaCapabilities.TRANSPORT_WIDE_CC,
            "a=extmap:4 " + MediaCapabilities.MID,
            "a=extmap:12 " + MediaCapabilities.ABS_CAPTURE_TIME,
            "a=sendrecv",
            "a=msid:stream audioTrack",
            "a=rtcp-mux",
            "a=rtcp-rsize",
            "a=rtcp-xr:rcvr-rtt=all",
            "a=rtpmap:111 opus/48000/2",
            "a=rtcp-fb:111 transport-cc",
            "a=fmtp:111 minptime=10;useinbandfec=1",
            "a=rtpmap:9 G722/8000",
            "a=rtcp-fb:9 transport-cc",
            "a=rtpmap:0 PCMU/8000",
            "a=rtcp-fb:0 transport-cc",
            "a=rtpmap:8 PCMA/8000",
            "a=rtcp-fb:8 transport-cc",
            "a=rtpmap:110 telephone-event/48000",
            "a=fmtp:110 0-15",
            "a=rtpmap:126 telephone-event/8000",
            "a=fmtp:126 0-15",
            "a=ssrc:1000 cname:cname");
  }

  @Test
  void offersVideoWithRetransmissions() throws JsepException {
    add(alice, MediaKind.VIDEO);
    MediaDescription video = section(alice.createOffer(), 0);
    assertThat(video.formats())
        .startsWith("96", "97", "102", "103")
        .contains("39", "40", "45", "46", "98", "99");
    assertThat(video.attributes().values("fmtp"))
        .contains(
            "97 apt=96",
            "108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            "98 profile-id=0");
    assertThat(video.attributes().values("rtcp-fb"))
        .startsWith("96 goog-remb", "96 transport-cc", "96 ccm fir", "96 nack", "96 nack pli");
    assertThat(video.attributes().values("ssrc-group")).containsExactly("FID 2000 2001");
    assertThat(video.attributes().values("ssrc"))
        .containsExactly("2000 cname:cname", "2001 cname:cname");
  }

  @ParameterizedTest
  @CsvSource({
    "BALANCED, 'alic,alic1,alic,alic2', '9,9,0,9'",
    "MAX_COMPAT, 'alic,alic1,alic2,alic3', '9,9,9,9'",
    "MAX_BUNDLE, 'alic,alic,alic,alic', '9,0,0,0'"
  })
  void thePolicySaysWhichSectionsHaveATransport(BundlePolicy policy, String ufrags, String ports)
      throws JsepException {
    SessionDescription offer = withTwoOfEach(policy).createOffer();
    assertThat(offer.attributes().value("group")).isEqualTo("BUNDLE 0 1 2 3");
    assertThat(ufrags(offer)).containsExactly(ufrags.split(","));
    assertThat(offer.media().stream().map(section -> String.valueOf(section.port())).toList())
        .containsExactly(ports.split(","));
    for (MediaDescription section : offer.media()) {
      assertThat(section.attributes().has("bundle-only")).isEqualTo(section.port() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"BALANCED", "MAX_COMPAT", "MAX_BUNDLE"})
  void aBundlingAnswererLeavesOneTransport(BundlePolicy policy) throws JsepException {
    JsepSession offerer = withTwoOfEach(policy);
    negotiate(offerer, bob);
    assertThat(offerer.transports())
        .singleElement()
        .extracting(NegotiatedTransport::mids)
        .isEqualTo(List.of("0", "1", "2", "3"));
    assertThat(offerer.data()).isEqualTo(new NegotiatedData("3", 0, 5001, 100_000));
    assertThat(bob.transports()).hasSize(1);
    assertThat(ufrags(offerer.createOffer())).containsOnly("alic");
  }

  @Test
  void aRemoteThatBundlesLaterLeavesTheFirstTransport() throws JsepException {
    String apart = BrowserSdp.text("gstreamer-offer-unbundled").replace("a=bundle-only\r\n", "");
    Sessions.answerTo(bob, read(apart));
    assertThat(bob.transports()).hasSize(3);
    String group = "t=0 0\r\na=group:BUNDLE video0 audio1 application2\r\n";
    SessionDescription answer = Sessions.answerTo(bob, read(apart.replace("t=0 0\r\n", group)));
    assertThat(bob.transports()).extracting(NegotiatedTransport::index).containsExactly(0);
    assertThat(ufrags(answer)).containsOnly("bobb");
    Sessions.answerTo(bob, read(apart));
    assertThat(bob.transports()).extracting(NegotiatedTransport::index).containsExactly(0, 1, 2);
  }

  @Test
  void aFailedAnswerChangesNothing() throws JsepException {
    JsepSession offerer = withTwoOfEach(BundlePolicy.BALANCED);
    SessionDescription offer = offerer.createOffer();
    offerer.setLocalDescription(DescriptionType.OFFER, offer);
    SessionDescription answer = Sessions.answerTo(bob, read(offer.toString()));
    SessionDescription bad = read(answer.toString().replace("a=setup:active", "a=setup:actpass"));
    assertFails(
        "InvalidAccessError", () -> offerer.setRemoteDescription(DescriptionType.ANSWER, bad));
    assertThat(offerer.signalingState()).isEqualTo(SignalingState.HAVE_LOCAL_OFFER);
    assertThat(offerer.transceivers()).extracting(Transceiver::negotiated).containsOnlyNulls();
    offerer.setRemoteDescription(DescriptionType.ANSWER, answer);
  }

  /** RFC 9143 section 7.2.1. */
  @Test
  void anAnswererThatDoesNotBundleLeavesATransportEach() throws JsepException {
    JsepSession offerer = withTwoOfEach(BundlePolicy.MAX_COMPAT);
    SessionDescription offer = offerer.createOffer();
    offerer.setLocalDescription(DescriptionType.OFFER, offer);
    String unbundled = offer.toString().replace("a=group:BUNDLE 0 1 2 3\r\n", "");
    SessionDescription answer = Sessions.answerTo(bob, read(unbundled));
    offerer.setRemoteDescription(DescriptionType.ANSWER, answer);
    assertThat(offerer.transports())
        .extracting(NegotiatedTransport::iceUfrag)
        .containsExactly("bobb", "bobb1", "bobb2", "bobb3");
    assertThat(offerer.localSections())
        .extracting(LocalSections::mid)
        .containsExactly("0", "1", "2", "3");
    assertThat(offerer.transceivers())
        .extracting(transceiver -> Objects.requireNonNull(transceiver.negotiated()).transport())
        .containsExactly(0, 1, 2);
  }

  @Test
  void aSectionThatIsBundleOnlyMustBeBundledInTheAnswer() throws JsepException {
    JsepSession offerer = withTwoOfEach(BundlePolicy.BALANCED);
    SessionDescription offer = offerer.createOffer();
    offerer.setLocalDescription(DescriptionType.OFFER, offer);
    SessionDescription answer = Sessions.answerTo(bob, read(offer.toString()));
    SessionDescription apart = read(answer.toString().replace("BUNDLE 0 1 2 3", "BUNDLE 0 1 3"));
    assertThat(
            assertFails(
                "InvalidAccessError",
                () -> offerer.setRemoteDescription(DescriptionType.ANSWER, apart)))
        .hasMessageContaining("m-line 2");
  }

  /** RFC 9429 section 5.3.1. */
  @Test
  void maxBundleRejectsWhatIsNotBundled() throws JsepException {
    JsepSession strict = Sessions.bob(BundlePolicy.MAX_BUNDLE, MEDIA);
    SessionDescription answer =
        Sessions.answerTo(strict, BrowserSdp.parsed("gstreamer-offer-unbundled"));
    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(9, 0, 0);
  }

  @Test
  void candidatesStandInTheSectionOfTheirTransport() throws JsepException {
    JsepSession offerer = withTwoOfEach(BundlePolicy.BALANCED);
    offerer.setLocalDescription(DescriptionType.OFFER, offerer.createOffer());
    offerer.addLocalCandidate(0, "candidate:1 1 udp 1 192.0.2.1 4000 typ host");
    offerer.addLocalCandidate(1, "candidate:1 1 udp 1 192.0.2.1 4001 typ host");
    offerer.endOfLocalCandidates(1);
    SessionDescription pending = Objects.requireNonNull(offerer.pendingLocalDescription());
    assertThat(pending.media())
        .extracting(MediaDescription::port)
        .containsExactly(4000, 4001, 0, 9);
    assertThat(section(pending, 1).attributes().hasEndOfCandidates()).isTrue();
    assertThat(section(pending, 0).attributes().hasEndOfCandidates()).isFalse();
    offerer.setLocalDescription(DescriptionType.OFFER, pending);
  }

  @Test
  void remoteCandidatesBelongToTheTransportOfTheirSection() throws JsepException {
    bob.setRemoteDescription(DescriptionType.OFFER, BrowserSdp.parsed("gstreamer-offer-unbundled"));
    String candidate = "candidate:9 1 udp 1 192.0.2.9 9 typ host";
    assertThat(bob.addRemoteCandidate(candidate, "audio1", null, null)).containsExactly(1);
    assertThat(bob.addRemoteCandidate(candidate, null, 2, null)).containsExactly(2);
    assertThat(bob.addRemoteCandidate("", null, null, null)).containsExactly(0, 1, 2);
    assertThat(bob.remoteCandidates(0)).isEmpty();
    assertThat(bob.remoteCandidates(1)).hasSize(1);
    assertThat(bob.remoteCandidatesEnded(0)).isTrue();
  }

  @Test
  void simulcastIsOfferedByRidAndWithoutSources() throws JsepException {
    add(alice, MediaKind.AUDIO);
    add(alice, MediaKind.VIDEO).setSendRids(List.of("h", "m", "l"));
    SessionDescription offer = alice.createOffer();
    MediaDescription video = section(offer, 1);
    assertThat(video.attributes().values("rid")).containsExactly("h send", "m send", "l send");
    assertThat(video.attributes().values("simulcast")).containsExactly("send h;m;l");
    assertThat(video.attributes().has("ssrc")).isFalse();
    alice.setLocalDescription(DescriptionType.OFFER, offer);
    alice.setRemoteDescription(
        DescriptionType.ANSWER, BrowserSdp.parsed("janus-echotest-answer-simulcast"));
    NegotiatedMedia media = Objects.requireNonNull(alice.transceivers().get(1).negotiated());
    assertThat(media.sendRids()).containsExactly("h", "m", "l");
  }

  @Test
  void aRemoteThatTakesNoSimulcastLeavesNoRids() throws JsepException {
    add(alice, MediaKind.AUDIO);
    add(alice, MediaKind.VIDEO).setSendRids(List.of("h", "m", "l"));
    alice.setLocalDescription(DescriptionType.OFFER, alice.createOffer());
    alice.setRemoteDescription(DescriptionType.ANSWER, BrowserSdp.parsed("chromium-answer-av"));
    NegotiatedMedia media = Objects.requireNonNull(alice.transceivers().get(1).negotiated());
    assertThat(media.sendRids()).isEmpty();
  }

  @Test
  void anOfferThatTakesSimulcastIsAnsweredWithTheRidsOfTheTransceiver() throws JsepException {
    String offer =
        BrowserSdp.text("chromium-audio-video-simulcast")
            .replaceAll("a=rid:(.) send", "a=rid:$1 recv")
            .replace("a=simulcast:send", "a=simulcast:recv");
    bob.setRemoteDescription(DescriptionType.OFFER, read(offer));
    Transceiver video = bob.transceivers().get(1);
    assertThat(video.offeredRids()).containsExactly("h", "m", "l");
    video.setDirection(MediaDirection.SENDRECV);
    video.setSendRids(List.of("m", "h"));
    MediaDescription answered = section(bob.createAnswer(), 1);
    assertThat(answered.attributes().values("simulcast")).containsExactly("send h;m");
    assertThat(answered.attributes().has("ssrc")).isFalse();
  }

  /** RFC 3264 section 8.3.2 and RFC 8285 section 6. */
  @Test
  void aLaterOfferKeepsTypesAndIdsOfTheRemotesOffer() throws JsepException {
    Sessions.answerTo(bob, BrowserSdp.parsed("firefox-audio-video"));
    SessionDescription answer = Objects.requireNonNull(bob.currentLocalDescription());
    add(bob, MediaKind.AUDIO);
    SessionDescription offer = bob.createOffer();
    for (int i = 0; i < 2; i++) {
      assertThat(maps(offer, i)).containsAll(maps(answer, i));
      assertThat(section(offer, i).formats()).startsWith(formats(answer, i));
      for (ExtmapAttribute extension : section(answer, i).attributes().extmaps()) {
        assertThat(section(offer, i).attributes().extmaps())
            .contains(new ExtmapAttribute(extension.id(), extension.uri()));
      }
    }
    // The new section speaks of opus as the old one does.
    assertThat(section(offer, 2).formats()).startsWith("109");
    assertThat(section(offer, 2).attributes().values("extmap"))
        .contains("3 " + MediaCapabilities.MID);
  }

  private static String[] formats(SessionDescription description, int index) {
    List<String> formats = section(description, index).formats();
    return formats.subList(0, 2).toArray(String[]::new);
  }

  private static List<RtpMapAttribute> maps(SessionDescription description, int index) {
    return section(description, index).attributes().rtpMaps();
  }

  /** RFC 9143 section 9.1. */
  @Test
  void typesAndIdsMeanTheSameInTheWholeBundle() throws JsepException {
    Sessions.answerTo(bob, BrowserSdp.parsed("rtpengine-offer"));
    add(bob, MediaKind.VIDEO);
    // In that offer 96 was opus and VP8, which was no clash without BUNDLE.
    SessionDescription offer = bob.createOffer();
    assertThat(offer.attributes().value("group")).isEqualTo("BUNDLE 0 1 2");
    assertThat(maps(offer, 0)).contains(new RtpMapAttribute(96, "opus", 48_000, "2"));
    assertThat(maps(offer, 1)).extracting(RtpMapAttribute::payloadType).doesNotContain(96);
    assertThat(maps(offer, 2)).extracting(RtpMapAttribute::payloadType).doesNotContain(96);
  }

  @Test
  void thePreferencesGiveTheOrderOfAnOffer() throws JsepException {
    Transceiver video = add(alice, MediaKind.VIDEO);
    Codec vp9 = MEDIA.videoCodecs().stream().filter(c -> c.payloadType() == 98).findAny().get();
    Codec vp8 = MEDIA.videoCodecs().get(0);
    video.setCodecPreferences(List.of(vp9, vp8));
    assertThat(section(alice.createOffer(), 0).formats()).containsExactly("98", "96");
    video.setCodecPreferences(List.of(vp9, vp8, MEDIA.videoCodecs().get(1)));
    assertThat(section(alice.createOffer(), 0).formats()).containsExactly("98", "99", "96", "97");
  }

  @Test
  void readsTheBandwidthThatTheRemoteAllows() throws JsepException {
    String offer =
        BrowserSdp.text("chromium-audio-video")
            .replaceFirst("(m=video[^\n]*\n[^\n]*\n)", "$1b=AS:500\r\nb=TIAS:450000\r\n");
    Sessions.answerTo(bob, read(offer));
    assertThat(bob.transceivers())
        .extracting(one -> Objects.requireNonNull(one.negotiated()).maxSendBitsPerSecond())
        .containsExactly(-1L, 450_000L);
  }
}
