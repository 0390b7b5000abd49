package org.purertc.internal.jsep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecMatchingTest {
  private static final List<Codec> VIDEO = MediaCapabilities.STANDARD.codecs(MediaKind.VIDEO);
  private static final List<Codec> AUDIO = MediaCapabilities.STANDARD.codecs(MediaKind.AUDIO);

  private static Codec video(String name, int type, String fmtp) {
    return new Codec("video/" + name, type, 90_000, 1, fmtp, List.of("nack", "nack pli", "else"));
  }

  private static Codec audio(String name, int type, int clockRate, int channels) {
    return new Codec("audio/" + name, type, clockRate, channels, "", List.of());
  }

  private static List<Integer> types(List<Codec> codecs) {
    return codecs.stream().map(Codec::payloadType).toList();
  }

  private static List<Codec> accepted(Codec... offered) {
    List<Codec> supported = offered[0].mimeType().startsWith("audio") ? AUDIO : VIDEO;
    return CodecMatching.accepted(List.of(offered), supported, List.of());
  }

  /** RFC 6184 table 5. */
  @ParameterizedTest
  @CsvSource({
    "42e01f, 42c015, true",
    "42e01f, 4de01f, true",
    "42e01f, 58e01f, true",
    "42001f, 58801f, true",
    "42e01f, 42001f, false",
    "4d001f, 4d0028, true",
    "4d001f, 64001f, false",
    "64001f, 640c1f, false",
    "42e01f, zzzzzz, false"
  })
  void h264MatchesByProfile(String one, String other, boolean same) {
    String prefix = "packetization-mode=1;profile-level-id=";
    assertThat(
            CodecMatching.same(
                video("H264", 102, prefix + one), video("h264", 103, prefix + other)))
        .isEqualTo(same);
  }

  @Test
  void h264MatchesByPacketizationMode() {
    Codec absent = video("H264", 102, "profile-level-id=42e01f");
    Codec zero = video("H264", 102, "profile-level-id=42e01f;packetization-mode=0");
    Codec one = video("H264", 102, "profile-level-id=42e01f;packetization-mode=1");
    assertThat(CodecMatching.same(absent, zero)).isTrue();
    assertThat(CodecMatching.same(zero, one)).isFalse();
  }

  @Test
  void h264WithoutAProfileIsConstrainedBaseline() {
    assertThat(
            CodecMatching.same(video("H264", 96, ""), video("H264", 96, "profile-level-id=42e01f")))
        .isTrue();
  }

  /** RFC 6184 section 8.2.2. */
  @ParameterizedTest
  @CsvSource({
    "level-asymmetry-allowed=1;, 42c015,"
        + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42c01f",
    "'', 42c015, packetization-mode=1;profile-level-id=42c015",
    "'', 42e028, packetization-mode=1;profile-level-id=42e01f",
    "level-asymmetry-allowed=0;, 42f00b, packetization-mode=1;profile-level-id=42f00b"
  })
  void theLevelIsTheLowerOneUnlessBothAllowAsymmetry(
      String asymmetry, String offered, String answered) {
    String fmtp = asymmetry + "packetization-mode=1;profile-level-id=" + offered;
    assertThat(accepted(video("H264", 100, fmtp)))
        .singleElement()
        .extracting(Codec::fmtp)
        .isEqualTo(answered);
  }

  @ParameterizedTest
  @CsvSource({
    "VP9, '', profile-id=0, true",
    "VP9, profile-id=2, profile-id=0, false",
    "AV1, level-idx=5;profile=0;tier=0, '', true",
    "AV1, profile=1, '', false",
    "VP8, max-fs=3600, '', true"
  })
  void profilesOfVp9AndAv1AreZeroWhenAbsent(String name, String one, String other, boolean same) {
    assertThat(CodecMatching.same(video(name, 96, one), video(name, 97, other))).isEqualTo(same);
  }

  @Test
  void namesAreComparedWithoutCaseAndAnsweredAsOffered() {
    assertThat(accepted(audio("OPUS", 111, 48_000, 2)))
        .singleElement()
        .extracting(Codec::mimeType)
        .isEqualTo("audio/OPUS");
    assertThat(accepted(audio("opus", 111, 48_000, 1))).isEmpty();
  }

  @Test
  void theAnswerKeepsTheOffersOrderAndTypes() {
    List<Codec> accepted =
        accepted(
            video("VP9", 40, "profile-id=0"),
            video("rtx", 41, "apt=40"),
            video("H265", 42, ""),
            video("rtx", 43, "apt=42"),
            video("red", 44, ""),
            video("ulpfec", 45, ""),
            video("VP8", 50, ""));
    assertThat(types(accepted)).containsExactly(40, 41, 50);
  }

  @Test
  void feedbackIsWhatBothKnow() {
    assertThat(accepted(video("VP8", 96, "")))
        .singleElement()
        .extracting(Codec::feedback)
        .isEqualTo(List.of("nack", "nack pli"));
  }

  @Test
  void thePreferencesOfTheAnswererGoBeforeTheOffersOrder() {
    List<Codec> offered =
        List.of(
            video("VP8", 96, ""),
            video("rtx", 97, "apt=96"),
            video("VP9", 98, ""),
            video("rtx", 99, "apt=98"),
            video("AV1", 45, ""));
    Codec vp9 = video("VP9", 1, "profile-id=0");
    Codec vp8 = video("VP8", 2, "");
    assertThat(types(CodecMatching.accepted(offered, VIDEO, List.of(vp9, vp8))))
        .containsExactly(98, 96);
    assertThat(
            types(CodecMatching.accepted(offered, VIDEO, List.of(vp9, vp8, video("rtx", 3, "")))))
        .containsExactly(98, 99, 96, 97);
  }

  /** RFC 4733 section 2.5.1.1. */
  @Test
  void eventsNeedAudioOfTheirClock() {
    Codec wide = audio("telephone-event", 110, 48_000, 1);
    Codec narrow = audio("telephone-event", 126, 8000, 1);
    assertThat(types(accepted(audio("opus", 111, 48_000, 2), wide, narrow)))
        .containsExactly(111, 110);
    assertThat(types(accepted(audio("PCMU", 0, 8000, 1), wide, narrow))).containsExactly(0, 126);
    assertThat(accepted(wide, narrow)).isEmpty();
  }

  @Test
  void bothSidesSeeTheAnswersOrderEachWithItsTypes() {
    List<Codec> offer =
        List.of(video("VP8", 96, ""), video("rtx", 97, "apt=96"), video("VP9", 98, ""));
    List<Codec> answer =
        List.of(video("VP9", 98, ""), video("VP8", 120, ""), video("rtx", 124, "apt=120"));
    List<CodecMatching.Agreed> ofOfferer = CodecMatching.agreed(offer, answer, false);
    List<CodecMatching.Agreed> ofAnswerer = CodecMatching.agreed(offer, answer, true);
    assertThat(types(ofOfferer.stream().map(CodecMatching.Agreed::local).toList()))
        .containsExactly(98, 96, 97);
    assertThat(types(ofOfferer.stream().map(CodecMatching.Agreed::remote).toList()))
        .containsExactly(98, 120, 124);
    assertThat(ofAnswerer.stream().map(CodecMatching.Agreed::local).toList())
        .isEqualTo(ofOfferer.stream().map(CodecMatching.Agreed::remote).toList());
  }

  @Test
  void anAnsweredCodecThatWasNotOfferedIsNotAgreed() {
    assertThat(
            CodecMatching.agreed(
                List.of(video("VP8", 96, "")), List.of(video("VP9", 98, "")), false))
        .isEmpty();
  }

  @Test
  void payloadTypesOfTheCapabilitiesAreDistinct() {
    assertThat(types(Stream.concat(AUDIO.stream(), VIDEO.stream()).toList()))
        .doesNotHaveDuplicates();
  }
}
