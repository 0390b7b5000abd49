package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The test page measures media right: what one connection of a browser sends to another one. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserMediaPageTest {
  private BrowserPeer browser;

  abstract Browser start();

  @BeforeAll
  void open() {
    browser = new BrowserPeer(start());
  }

  @AfterAll
  void close() {
    browser.close();
  }

  private List<String> codecs(String kind) {
    List<String> names = new ArrayList<>();
    browser.run("return codecNames('" + kind + "')").forEach(name -> names.add(name.asText()));
    return names;
  }

  @Test
  void readsThePatternOfEveryVideoCodec() {
    assertThat(codecs("video")).contains("VP8", "VP9", "AV1");
    for (String codec : codecs("video")) {
      JsonNode seen = browser.run("return ownLoop({codec: '" + codec + "', ms: 1000})");
      assertThat(seen.get("codec").asText()).isEqualTo(codec);
      assertThat(seen.get("fresh").asInt()).as("%s", seen).isPositive();
      assertThat(seen.get("unreadable").asInt()).as("%s", seen).isZero();
      assertThat(seen.get("backward").asInt()).as("%s", seen).isZero();
      assertThat(seen.get("coloursAreRight").asBoolean()).as("%s", seen).isTrue();
    }
  }

  @Test
  void hearsTheToneOfEveryAudioCodec() {
    assertThat(codecs("audio")).contains("opus", "G722", "PCMU", "PCMA");
    for (String codec : codecs("audio")) {
      JsonNode heard =
          browser.run(
              "return ownLoop({kind: 'audio', codec: '%s', hertz: 880, ms: 500})".formatted(codec));
      assertThat(heard.get("codec").asText()).isEqualTo(codec);
      assertThat(heard.get("hertz").asDouble())
          .as("%s", heard)
          .isCloseTo(880, Percentage.withPercentage(1));
      assertThat(heard.get("share").asDouble()).as("%s", heard).isGreaterThan(0.9);
    }
  }
}
