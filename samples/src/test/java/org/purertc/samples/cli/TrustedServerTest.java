package org.purertc.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.tls.SelfSignedCertificate;
import org.purertc.samples.tls.ServerCertificate;
import picocli.CommandLine;

/** Commands at a server with a certificate of its own making. */
@Timeout(120)
class TrustedServerTest {
  @TempDir private Path directory;

  @Test
  void commandsTakeTheFileAsAnOption() throws Exception {
    ServerCertificate certificate = SelfSignedCertificate.in(directory, "127.0.0.1");
    String file = SelfSignedCertificate.publicFile(directory).toString();
    SignalingOptions options = SignalingOptions.DEFAULT.withToken("secret");
    try (SignalingServer server = SignalingServer.start(0, options.withCertificate(certificate))) {
      String url = "https://127.0.0.1:" + server.port();
      for (String command : List.of("join tea", "feed tea", "connect --offer --room tea")) {
        // Refused by the room's word, which came by a trusted connection.
        assertThat(failure(command, "--server", url, "--ca", file)).contains("asks for a token");
        assertThat(failure(command, "--server", url)).contains("no trust in the certificate");
        assertThat(failure(command, "--server", url, "--ca", file + "x")).contains("no such file");
      }
      assertThat(failure("doctor", "--server", url, "--ca", file)).contains("asks for a token");
    }
  }

  private static String failure(String command, String... options) {
    StringWriter told = new StringWriter();
    PrintWriter writer = new PrintWriter(told);
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of(options));
    CommandLine line = PureRtc.commandLine().setErr(writer).setOut(writer);
    assertThat(line.execute(all.toArray(String[]::new))).isNotZero();
    return told.toString();
  }
}
