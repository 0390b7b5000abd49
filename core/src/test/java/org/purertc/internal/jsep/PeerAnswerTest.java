package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.jsep.Sessions.answerTo;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.sdp.Attributes;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.PeerSdp;
import org.purertc.sdp.SessionDescription;

/** The audio and video of real descriptions, offered to us and answered to us. */
class PeerAnswerTest {

  private static JsepSession bob() {
    return Sessions.bob(BundlePolicy.BALANCED, MediaCapabilities.STANDARD);
  }

  static List<String> offers() {
    return Stream.of(BrowserSdp.names(), PeerSdp.OFFERS, PeerSdp.GATEWAY_OFFERS)
        .flatMap(List::stream)
        .toList();
  }

  static List<String> answers() {
    return Stream.of(
            List.of("chromium-answer-av", "firefox-answer-av"),
            PeerSdp.ANSWERS_TO_CHROMIUM,
            PeerSdp.ANSWERS_TO_FIREFOX)
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("offers")
  void acceptsEverySectionOfEveryOffer(String name) throws JsepException {
    SessionDescription offer = BrowserSdp.parsed(name);
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, offer);
    assertThat(read(answer.toString())).isEqualTo(answer);
    assertThat(answer.media()).extracting(MediaDescription::port).containsOnly(9);
    assertThat(answer.bundles()).isEqualTo(offer.bundles());
    for (int i = 0; i < answer.media().size(); i++) {
      MediaDescription asked = offer.media().get(i);
      MediaDescription given = answer.media().get(i);
      assertThat(given.media()).isEqualTo(asked.media());
      assertThat(given.protocol()).isEqualTo(asked.protocol());
      assertThat(given.mid()).isEqualTo(asked.mid());
      assertThat(given.attributes().hasReducedSizeRtcp())
          .isEqualTo(asked.attributes().hasReducedSizeRtcp());
      if (MediaSections.kindOf(asked) != null) {
        assertRtpAnswer(offer, asked, given);
      }
    }
  }

  private static void assertRtpAnswer(
      SessionDescription offer, MediaDescription asked, MediaDescription given) {
    assertThat(given.attributes().hasRtcpMux()).isTrue();
    // A transceiver that an offer makes is recvonly.
    boolean sends = MediaSections.direction(offer, asked).sends();
    assertThat(given.attributes().direction())
        .isEqualTo(sends ? MediaDirection.RECVONLY : MediaDirection.INACTIVE);
    // RFC 3264 section 6.1: the offer's payload types, and only those.
    assertThat(asked.formats()).containsAll(given.formats());
    for (Codec codec : SectionCodecs.read(given)) {
      assertThat(SectionCodecs.read(asked))
          .anyMatch(
              one ->
                  one.payloadType() == codec.payloadType()
                      && one.mimeType().equals(codec.mimeType())
                      && one.feedback().containsAll(codec.feedback()));
    }
    for (ExtmapAttribute extension : given.attributes().extmaps()) {
      assertThat(asked.attributes().extmaps())
          .anyMatch(one -> one.id() == extension.id() && one.uri().equals(extension.uri()));
    }
    assertThat(SectionCodecs.read(given))
        .noneMatch(codec -> codec.mimeType().matches("(?i).*/(red|ulpfec|CN|H265)"));
  }

  @ParameterizedTest
  @MethodSource("offers")
  void aSecondOfferAndAnswerChangeNothing(String name) throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed(name));
    List<NegotiatedTransport> before = bob.transports();
    List<NegotiatedMedia> media = media(bob);
    answerTo(bob, BrowserSdp.parsed(name));
    assertThat(bob.transports()).isEqualTo(before);
    assertThat(media(bob)).isEqualTo(media);
    assertThat(bob.isNegotiationNeeded()).isFalse();
  }

  private static List<NegotiatedMedia> media(JsepSession session) {
    return session.transceivers().stream()
        .map(transceiver -> Objects.requireNonNull(transceiver.negotiated()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "chromium-audio-video, '0,1'",
    "firefox-audio-video, '0,1'",
    "aiortc-offer, '0,1,2'",
    "gstreamer-offer, 'video0,audio1,application2'",
    "pion-offer, '0,1,2'",
    "janus-streaming-offer, 'a,v'"
  })
  void bundledSectionsShareOneTransport(String name, String mids) throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed(name));
    assertThat(bob.transports())
        .singleElement()
        .extracting(NegotiatedTransport::mids)
        .isEqualTo(List.of(mids.split(",")));
    assertThat(bob.localSections())
        .containsExactly(new LocalSections(0, mids.split(",")[0], 0, List.of(mids.split(","))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gstreamer-offer-unbundled",
        "rtpengine-offer",
        "rtpengine-offer-mid",
        "baresip-offer-ice-dtls"
      })
  void sectionsWithoutBundleHaveATransportEach(String name) throws JsepException {
    SessionDescription offer = BrowserSdp.parsed(name);
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, offer);
    assertThat(answer.attributes().groups()).isEmpty();
    assertThat(bob.transports()).hasSameSizeAs(offer.media());
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription section = offer.media().get(i);
      NegotiatedTransport transport = bob.transports().get(i);
      assertThat(transport.index()).isEqualTo(i);
      assertThat(transport.iceUfrag()).isEqualTo(offer.iceUfrag(section));
      assertThat(bob.remoteCandidates(i)).isEqualTo(section.attributes().candidates());
      assertThat(answer.media().get(i).attributes().iceUfrag())
          .isEqualTo(i == 0 ? "bobb" : "bobb" + i);
    }
  }

  @Test
  void aClashingExtensionOfABundleIsRefused() throws JsepException {
    SessionDescription answer = answerTo(bob(), BrowserSdp.parsed("aiortc-offer"));
    assertThat(uris(answer.media().get(0).attributes()))
        .containsExactly(MediaCapabilities.MID, MediaCapabilities.AUDIO_LEVEL);
    assertThat(uris(answer.media().get(1).attributes())).containsExactly(MediaCapabilities.MID);
  }

  private static List<String> uris(Attributes attributes) {
    return attributes.extmaps().stream().map(ExtmapAttribute::uri).toList();
  }

  @Test
  void theMidKeepsItsIdWhereAnotherExtensionClashes() throws JsepException {
    SessionDescription offer =
        read(
            BrowserSdp.text("aiortc-offer")
                .replaceFirst("extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid", "extmap:9 x")
                .replaceFirst("extmap:2 urn", "extmap:1 urn"));
    SessionDescription answer = answerTo(bob(), offer);
    assertThat(uris(answer.media().get(0).attributes())).isEmpty();
    assertThat(uris(answer.media().get(1).attributes()))
        .containsExactly(MediaCapabilities.MID, MediaCapabilities.ABS_SEND_TIME);
  }

  @Test
  void theDirectionOfAnExtensionIsReversed() throws JsepException {
    JsepSession bob = bob();
    SessionDescription answer = answerTo(bob, BrowserSdp.parsed("firefox-audio-video"));
    assertThat(answer.media().get(1).attributes().values("extmap"))
        .contains("6/sendonly " + MediaCapabilities.PLAYOUT_DELAY);
    NegotiatedMedia video = media(bob).get(1);
    HeaderExtension delay = new HeaderExtension(MediaCapabilities.PLAYOUT_DELAY, 6);
    assertThat(video.sendExtensions()).contains(delay);
    assertThat(video.receiveExtensions()).doesNotContain(delay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void simulcastIsReceivedByRid(String browser) throws JsepException {
    JsepSession bob = bob();
    SessionDescription answer =
        answerTo(bob, BrowserSdp.parsed(browser + "-audio-video-simulcast"));
    assertThat(answer.media().get(1).attributes().values("simulcast"))
        .containsExactly("recv h;m;l");
    assertThat(answer.media().get(1).attributes().values("rid"))
        .containsExactly("h recv", "m recv", "l recv");
    assertThat(media(bob).get(1).receiveRids()).containsExactly("h", "m", "l");
  }

  @Test
  void readsSourcesAndTheirRetransmissions() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("chromium-audio-video"));
    assertThat(media(bob).get(0).remoteSources())
        .containsExactly(new MediaSource(587_636_122, -1, "LCocRDdNAOo7hpOV"));
    assertThat(media(bob).get(1).remoteSources())
        .containsExactly(new MediaSource(834_968_412, 76_858_593, "LCocRDdNAOo7hpOV"));
  }

  @Test
  void readsSourcesOfAPeerThatWritesNoMid() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("baresip-offer-ice-dtls"));
    assertThat(media(bob)).extracting(NegotiatedMedia::mid).containsExactly("0", "1");
    assertThat(media(bob).get(0).remoteSources())
        .containsExactly(new MediaSource(1_155_656_606, -1, "sip:bob@127.0.0.1:5072"));
    // a=rtcp-fb:* counts for every payload type.
    assertThat(media(bob).get(1).sendCodecs())
        .singleElement()
        .extracting(Codec::feedback)
        .isEqualTo(List.of("nack pli"));
  }

  @Test
  void readsStreamsOfAPeerThatWritesThemWithTheSsrc() throws JsepException {
    JsepSession bob = bob();
    answerTo(bob, BrowserSdp.parsed("gstreamer-offer"));
    assertThat(bob.takeRemoteTrackChanges())
        .extracting(RemoteTrackChange::trackId)
        .containsExactly("webrtctransceiver0", "webrtctransceiver1");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void appliesEveryAnswer(String name) throws JsepException {
    SessionDescription answer = BrowserSdp.parsed(name);
    JsepSession alice = Sessions.alice(BundlePolicy.BALANCED, MediaCapabilities.STANDARD);
    List<Transceiver> transceivers = new ArrayList<>();
    for (MediaDescription section : answer.media()) {
      MediaKind kind = Objects.requireNonNull(MediaSections.kindOf(section));
      transceivers.add(Sessions.transceiver(kind, MediaDirection.SENDRECV));
      alice.addTransceiver(transceivers.get(transceivers.size() - 1));
    }
    alice.setLocalDescription(DescriptionType.OFFER, alice.createOffer());
    alice.setRemoteDescription(DescriptionType.ANSWER, answer);
    assertThat(alice.transceivers()).isEqualTo(transceivers);
    assertThat(alice.transports()).hasSize(answer.bundles().isEmpty() ? 2 : 1);
    for (int i = 0; i < transceivers.size(); i++) {
      MediaDescription section = answer.media().get(i);
      NegotiatedMedia media = media(alice).get(i);
      assertThat(media.direction()).isEqualTo(MediaSections.direction(answer, section).reversed());
      assertThat(media.transport()).isEqualTo(answer.bundles().isEmpty() ? i : 0);
      // We send with the remote's payload types and receive with ours.
      Codec first = media.sendCodecs().get(0);
      assertThat(String.valueOf(first.payloadType())).isEqualTo(section.formats().get(0));
      assertThat(media.receiveCodecs().get(0).payloadType()).isEqualTo(i == 0 ? 111 : 96);
    }
    assertThat(alice.isNegotiationNeeded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "baresip-offer-dtls, a=ice-ufrag is missing",
    "baresip-offer-plain, a=setup is missing",
    "rtpengine-offer-to-sip, a=rtcp-mux is missing"
  })
  void whatHasNoIceOrNoDtlsIsNamed(String name, String missing) {
    assertThat(
            assertFails(
                "InvalidAccessError",
                () -> bob().setRemoteDescription(DescriptionType.OFFER, BrowserSdp.parsed(name))))
        .hasMessageContaining(missing);
  }
}
