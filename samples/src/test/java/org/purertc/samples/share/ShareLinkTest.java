package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareLinkTest {
  private static final String SECRET = "AQIDBAUGBwgJCgsMDQ4PEA";

  @Test
  void readsWhatItWrites() {
    String url = "http://192.168.1.7:8080/abcdefgh#" + SECRET;
    ShareLink link = ShareLink.parse(" " + url + "\n");
    assertThat(link.url()).isEqualTo(url);
    assertThat(link.host()).isEqualTo("192.168.1.7");
    assertThat(link.port()).isEqualTo(8080);
    assertThat(link.signaling()).hasToString("ws://192.168.1.7:8080/abcdefgh/ws");
  }

  @Test
  void readsAnIpv6AddressAndTheStandardPort() {
    ShareLink link = ShareLink.parse("http://[fe80::1]/abcdefgh#" + SECRET);
    assertThat(link.host()).isEqualTo("fe80::1");
    assertThat(link.port()).isEqualTo(80);
    assertThat(link.signaling()).hasToString("ws://[fe80::1]/abcdefgh/ws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "https://h:1/abcdefgh#" + SECRET,
        "http://h:1/#" + SECRET,
        "http://h:1/abc#" + SECRET,
        "http://h:1/abcdefgh/x#" + SECRET,
        "http:///abcdefgh#" + SECRET,
        "http://h:1/abc def#"
      })
  void refusesWhatIsNoLink(String text) {
    assertThatThrownBy(() -> ShareLink.parse(text)).hasMessageContaining("is no link");
  }

  @Test
  void saysThatTheSecretIsMissingOrDamaged() {
    assertThatThrownBy(() -> ShareLink.parse("http://h:1/abcdefgh"))
        .hasMessageContaining("lost its secret");
    assertThatThrownBy(() -> ShareLink.parse("http://h:1/abcdefgh#AQIDBA"))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> ShareLink.parse("http://h:1/abcdefgh#" + SECRET + "!"))
        .hasMessageContaining("damaged");
  }

  @Test
  void doesNotShowTheSecretInLogs() {
    ShareLink link = ShareLink.parse("http://h:1/abcdefgh#" + SECRET);
    assertThat(link.toString()).doesNotContain(SECRET);
  }

  @Test
  void roomsAndSecretsDifferAndNeedNoEscaping() {
    SecureRandom random = new SecureRandom();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      texts.add(Room.random(random).text());
      texts.add(LinkSecret.random(random).text());
    }
    assertThat(texts).hasSize(2_000).allMatch(it -> it.matches("[A-Za-z0-9_-]{8}(.{14})?"));
  }
}
