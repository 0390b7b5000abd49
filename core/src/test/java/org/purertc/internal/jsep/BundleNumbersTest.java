package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.purertc.internal.jsep.Sessions.assertFails;
import static org.purertc.internal.jsep.Sessions.read;
import static org.purertc.internal.jsep.Sessions.transceiver;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purertc.sdp.BrowserSdp;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;

/** Payload types and ids of extensions, which a whole bundle shares. */
class BundleNumbersTest {
  private static final MediaCapabilities MEDIA = MediaCapabilities.STANDARD;

  /** Chromium's audio section, with more lines. */
  private static SessionDescription offerWith(String formats, String lines) {
    String text = BrowserSdp.text("chromium-audio-video");
    String audio = text.substring(0, text.indexOf("m=video")).replace("BUNDLE 0 1", "BUNDLE 0");
    return read(audio.replace("110 126\r\n", "110 126" + formats + "\r\n") + lines);
  }

  private static Codec codec(String name, int type, String fmtp) {
    return new Codec("video/" + name, type, 90_000, 1, fmtp, List.of());
  }

  @Test
  void aTypeThatMeansSomethingElseIsPassedOver() {
    PayloadTypes types = new PayloadTypes(BrowserSdp.parsed("firefox-audio-video"));
    // There 99 is AV1 and 100 its rtx, 120 VP8 and 124 its rtx.
    List<Codec> assigned =
        types.assign(
            List.of(
                codec("X", 99, ""),
                codec("rtx", 100, "apt=99"),
                codec("VP8", 96, ""),
                codec("rtx", 97, "apt=96")),
            List.of());
    assertThat(assigned)
        .extracting(Codec::payloadType, Codec::fmtp)
        .containsExactly(tuple(96, ""), tuple(97, "apt=96"), tuple(120, ""), tuple(124, "apt=120"));
  }

  /** RFC 5761 section 4. */
  @Test
  void typesThatLookLikeRtcpAreNeverChosen() {
    String formats =
        IntStream.rangeClosed(96, 127).mapToObj(type -> " " + type).collect(Collectors.joining());
    String maps =
        IntStream.rangeClosed(96, 127)
            .filter(type -> type != 110 && type != 111 && type != 126)
            .mapToObj(type -> "a=rtpmap:" + type + " X" + type + "/8000\r\n")
            .collect(Collectors.joining());
    PayloadTypes types = new PayloadTypes(offerWith(formats, maps));
    assertThat(types.assign(MEDIA.videoCodecs(), List.of()))
        .isNotEmpty()
        .extracting(Codec::payloadType)
        .allMatch(type -> type >= 35 && type <= 63);
  }

  @Test
  void anOfferWithoutAFreeTypeFails() throws JsepException {
    StringBuilder formats = new StringBuilder();
    StringBuilder maps = new StringBuilder();
    for (int type = 35; type <= 127; type++) {
      formats.append(' ').append(type);
      maps.append(type == 111 ? "" : "a=rtpmap:" + type + " X" + type + "/8000\r\n");
    }
    JsepSession bob = Sessions.bob(BundlePolicy.BALANCED, MEDIA);
    Sessions.answerTo(bob, offerWith(formats.toString(), maps.toString()));
    Transceiver video = transceiver(MediaKind.VIDEO, MediaDirection.SENDRECV);
    bob.addTransceiver(video);
    assertThat(assertFails("OperationError", bob::createOffer))
        .hasMessageContaining("no free payload type");
    video.stop();
    bob.createOffer();
  }

  @Test
  void anIdThatIsTakenIsReplacedByAFreeOne() {
    ExtensionIds ids = new ExtensionIds(offerWith("", "a=extmap:5 x\r\na=extmap:6 y\r\n"));
    List<ExtmapAttribute> assigned =
        ids.assign(
            List.of(
                new HeaderExtension(MediaCapabilities.PLAYOUT_DELAY, 5),
                new HeaderExtension(MediaCapabilities.MID, 9)),
            List.of());
    assertThat(assigned)
        .containsExactly(
            new ExtmapAttribute(7, MediaCapabilities.PLAYOUT_DELAY),
            new ExtmapAttribute(4, MediaCapabilities.MID));
  }

  /** RFC 8285 section 4.2: 15 is reserved. */
  @Test
  void moreThanFourteenIdsNeedTwoByteHeaders() {
    String lines =
        IntStream.rangeClosed(5, 14)
            .mapToObj(id -> "a=extmap:" + id + " x" + id + "\r\n")
            .collect(Collectors.joining());
    ExtensionIds ids = new ExtensionIds(offerWith("", lines));
    assertThat(ids.assign(List.of(new HeaderExtension("new", 5)), List.of()))
        .containsExactly(new ExtmapAttribute(16, "new"));
  }

  @Test
  void anIdAboveFourteenIsAnsweredAndOneAboveByteIsNot() {
    MediaDescription offered =
        offerWith(
                "",
                "a=extmap:200 " + MediaCapabilities.ABS_CAPTURE_TIME + "\r\na=extmap:4097 z\r\n")
            .media()
            .get(0);
    List<HeaderExtension> supported =
        List.of(
            new HeaderExtension(MediaCapabilities.ABS_CAPTURE_TIME, 1),
            new HeaderExtension("z", 2));
    Map<Integer, String> bundled = ExtensionIds.inBundle(List.of(offered));
    assertThat(ExtensionIds.accepted(offered, supported, bundled))
        .containsExactly(new ExtmapAttribute(200, MediaCapabilities.ABS_CAPTURE_TIME));
  }

  @Test
  void aTypeThatAnOfferNamesTwiceIsAnsweredOnce() {
    MediaDescription offered = offerWith(" 111 0", "").media().get(0);
    assertThat(SectionCodecs.read(offered))
        .extracting(Codec::payloadType)
        .containsExactly(111, 63, 9, 0, 8, 13, 110, 126);
  }
}
