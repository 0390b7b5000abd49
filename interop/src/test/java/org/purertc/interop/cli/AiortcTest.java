package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.network.NetworkNamespace;

/** {@code purertc connect} and Debian's aiortc, which does not trickle and echoes messages. */
@Tag("interop")
class AiortcTest {

  @ParameterizedTest
  @CsvSource({"--offer, answer", "--answer, offer"})
  void echoesTextAndBinary(String side, String otherSide) throws Exception {
    try (NetworkNamespace network = new NetworkNamespace();
        Program aiortc = PythonProgram.start("/aiortc/peer.py", network, otherSide);
        Program java = Program.purertc("connect", side, "--no-trickle")) {
      java.pipeTo(aiortc);
      aiortc.pipeTo(java);
      java.await("\"name\":\"open\",\"channel\":\"data\"");
      java.type("{\"type\":\"send\",\"channel\":\"data\",\"text\":\"grüß dich, aiortc\"}");
      java.await("\"type\":\"message\",\"channel\":\"data\",\"text\":\"grüß dich, aiortc\"");
      byte[] bytes = new byte[60_000];
      Arrays.fill(bytes, (byte) 7);
      String base64 = Base64.getEncoder().encodeToString(bytes);
      java.type("{\"type\":\"send\",\"channel\":\"data\",\"base64\":\"" + base64 + "\"}");
      java.await("\"type\":\"message\",\"channel\":\"data\",\"base64\":\"" + base64 + "\"");
      java.type("{\"type\":\"close\"}");
      assertThat(java.exitCode()).as("%s", java).isZero();
      assertThat(java.err()).isEmpty();
      aiortc.type("{\"type\": \"close\"}");
      assertThat(aiortc.exitCode()).as("%s", aiortc).isZero();
    }
  }
}
