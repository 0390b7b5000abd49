package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DtlsKeyLogTest {

  private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate();

  @TempDir private Path directory;

  @Test
  void bothEndsWriteTheSameLine() throws Exception {
    Path clientLog = directory.resolve("client.log");
    Path serverLog = directory.resolve("server.log");
    try (var clients = new DtlsTransports(CERTIFICATE, clientLog);
        var servers = new DtlsTransports(CERTIFICATE, serverLog)) {
      new DtlsPair(new TestLoop(), clients, servers).connect();
    }
    assertThat(Files.readString(clientLog))
        .matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n")
        .isEqualTo(Files.readString(serverLog));
  }

  @Test
  void addsToAFileThatIsThere() throws Exception {
    Path log = Files.writeString(directory.resolve("keys.log"), "# mine\n");
    try (var transports = new DtlsTransports(CERTIFICATE, log)) {
      new DtlsPair(new TestLoop(), transports, transports).connect();
    }
    assertThat(Files.readAllLines(log)).hasSize(3).startsWith("# mine");
  }

  @Test
  void onlyTheOwnerMayReadANewFile() throws Exception {
    Path log = directory.resolve("keys.log");
    new DtlsTransports(CERTIFICATE, log).close();
    assertThat(Files.getFileStore(log).supportsFileAttributeView("posix")).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatCannotBeWrittenIsReportedAtOnce() {
    assertThatThrownBy(() -> new DtlsTransports(CERTIFICATE, directory.resolve("no/keys.log")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("keys.log");
  }

  @Test
  @Tag("interop")
  void tsharkDecryptsACaptureWithIt() throws Exception {
    Path log = directory.resolve("keys.log");
    Pcap pcap = new Pcap();
    String secret = "the quick brown fox";
    try (var transports = new DtlsTransports(CERTIFICATE, log)) {
      DtlsPair pair = new DtlsPair(new TestLoop(), transports, transports);
      pair.client.wire(pcap.tap(pair.deliverTo(pair.server), Pcap.CLIENT_PORT, Pcap.SERVER_PORT));
      pair.server.wire(pcap.tap(pair.deliverTo(pair.client), Pcap.SERVER_PORT, Pcap.CLIENT_PORT));
      pair.connect();
      pair.client.send(secret.getBytes(StandardCharsets.US_ASCII));
    }
    Path capture = directory.resolve("capture.pcap");
    pcap.save(capture);
    String shown = tshark(capture, log);
    assertThat(shown)
        .contains(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  private String tshark(Path capture, Path log) throws Exception {
    Path errors = directory.resolve("tshark.err");
    Process process =
        new ProcessBuilder(
                List.of(
                    "tshark",
                    "-r",
                    capture.toString(),
                    "-d",
                    "udp.port==" + Pcap.SERVER_PORT + ",dtls",
                    "-o",
                    "tls.keylog_file:" + log,
                    "-Y",
                    "dtls.record.content_type==23",
                    "-T",
                    "fields",
                    "-e",
                    "data.data"))
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output;
  }
}
