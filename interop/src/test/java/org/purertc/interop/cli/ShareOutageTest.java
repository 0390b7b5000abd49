package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.network.NetworkNamespace;

/** The cable between sender and receiver is pulled in the middle of a transfer. */
class ShareOutageTest {
  /** Long enough to be noticed, too short for consent to expire (30 s, RFC 7675). */
  private static final int SHORT_MS = 12_000;

  private static final int LONG_MS = 45_000;

  @TempDir Path temporary;
  private ShareFolder folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    folder = new ShareFolder(temporary);
    file = folder.file("data.bin", 20_000_000);
  }

  private Program receiveThroughOutage(int outageMs) throws IOException {
    try (NetworkNamespace network = new NetworkNamespace();
        Program sender =
            Program.purertc(
                "send", "--host", network.outside(), "--limit", "4M", "--json", file.toString())) {
      String link = sender.await("\"url\":\"([^\"]+)\"").group(1);
      String target = folder.target().toString();
      try (Program receiver =
          Program.purertc(network, "receive", "--json", "--dir", target, link)) {
        receiver.await("\"progress\"");
        network.unplug();
        receiver.staysFor(outageMs);
        network.plug();
        succeeds(receiver);
        succeeds(sender);
        assertThat(Files.mismatch(file, folder.target().resolve("data.bin"))).isEqualTo(-1);
        return receiver;
      }
    }
  }

  @Test
  @Tag("long")
  void theConnectionSurvivesSomeSeconds() throws IOException {
    assertThat(receiveThroughOutage(SHORT_MS).out()).noneMatch(line -> line.contains("retry"));
  }

  @Test
  @Tag("long")
  void theTransferSurvivesTheEndOfTheConnection() throws IOException {
    assertThat(receiveThroughOutage(LONG_MS).out()).anyMatch(line -> line.contains("retry"));
  }
}
