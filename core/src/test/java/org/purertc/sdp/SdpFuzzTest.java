package org.purertc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutated descriptions are read or refused, and what is read is written as it was. */
class SdpFuzzTest {
  private static final int MUTANTS_OF_EACH = 200;

  @ParameterizedTest
  @MethodSource({"org.purertc.sdp.BrowserSdp#names", "org.purertc.sdp.PeerSdp#names"})
  void throwsNothingButSdpException(String name) {
    String text = BrowserSdp.text(name);
    for (int seed = 0; seed < MUTANTS_OF_EACH; seed++) {
      check(SdpMutant.of(text, new Random(seed)), name + ", seed " + seed);
    }
  }

  private static void check(String text, String which) {
    try {
      SessionDescription read = SessionDescription.parse(text);
      String expected = text.replaceAll("\r?\n|\r\\z", "\r\n");
      String complete = expected.endsWith("\n") ? expected : expected + "\r\n";
      assertThat(read).as(which).hasToString(complete);
      for (MediaDescription section : read.media()) {
        MediaAttributesTest.readAll(section.attributes());
        assertThat(section.maxBitsPerSecond()).as(which).isGreaterThanOrEqualTo(-1);
      }
    } catch (SdpException e) {
      assertThat(e.line()).as(which).isPositive();
    } catch (RuntimeException e) {
      throw new AssertionError(which, e);
    }
  }
}
