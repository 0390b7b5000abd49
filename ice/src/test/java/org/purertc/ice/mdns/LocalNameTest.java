package org.purertc.ice.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** draft-ietf-mmusic-mdns-ice-candidates sections 3.1.1 and 3.2. */
class LocalNameTest {

  @Test
  void aNewNameIsAUuidOfVersion4() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 100; i++) {
      String text = LocalName.random(random).text();
      UUID uuid = UUID.fromString(text.substring(0, text.length() - ".local".length()));
      assertThat(uuid.version()).isEqualTo(4);
      assertThat(uuid.variant()).isEqualTo(2);
    }
  }

  @Test
  void newNamesDiffer() {
    var random = new SplittableRandom(7);
    assertThat(LocalName.random(random)).isNotEqualTo(LocalName.random(random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f4712db-ea17-4bcf-a596-105139dfd8bf.local",
        "1F4712DB-EA17-4BCF-A596-105139DFD8BF.LOCAL",
        "1f4712db-ea17-4bcf-a596-105139dfd8bf1234.local"
      })
  void takesNamesOfThisForm(String text) {
    assertThat(LocalName.parse(text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "local",
        ".local",
        "printer.local",
        "1f4712db-ea17-4bcf-a596-105139dfd8bf",
        "1f4712db-ea17-4bcf-a596-105139dfd8bf.local.",
        "1f4712db-ea17-4bcf-a596-105139dfd8bf.example.org",
        "a.1f4712db-ea17-4bcf-a596-105139dfd8bf.local",
        "1f4712dbea174bcfa596105139dfd8bf.local",
        "192.0.2.1"
      })
  void takesNoOther(String text) {
    assertThat(LocalName.parse(text)).isNull();
  }
}
