package org.purertc.samples.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PerfectNegotiationTest {

  /** That one is tried in virtual time and against browsers (docs/negotiation.md). */
  @Test
  void isTheClassThatTheCoreTries() throws IOException {
    assertThat(body(Path.of("src/main/java/org/purertc/samples/signaling/PerfectNegotiation.java")))
        .isEqualTo(body(Path.of("../core/src/test/java/org/purertc/PerfectNegotiation.java")));
  }

  private static String body(Path file) throws IOException {
    String text = Files.readString(file).replace("\r\n", "\n");
    return text.substring(text.indexOf("/**"));
  }
}
