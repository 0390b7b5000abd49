package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.fails;
import static org.purertc.interop.cli.ShareFolder.link;
import static org.purertc.interop.cli.ShareFolder.send;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code send} and {@code receive} say, and how they end, when they cannot do it. */
@Tag("interop")
class ShareFailureTest {
  private static final int LARGE_BYTES = 50_000_000;

  /** Long enough to be interrupted. */
  private static final String[] SLOWLY = {"--limit", "5M", "--json"};

  @TempDir Path temporary;
  private ShareFolder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new ShareFolder(temporary);
  }

  /** The link of a sender that speaks JSON. */
  private static String url(Program sender) {
    return sender.await("\"url\":\"([^\"]+)\"").group(1);
  }

  private static void interrupted(Program program) {
    assertThat(program.exitCode()).as("%s", program).isEqualTo(143);
  }

  @Test
  void wrongUsageIsTwo() {
    try (Program program = Program.purertc("send", "--no-such-option")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).hasSize(1);
      assertThat(program.out()).isEmpty();
    }
  }

  @Test
  void aWrongLinkIsThree() throws IOException {
    try (Program sender = send(folder.file("a", 10))) {
      String right = link(sender);
      try (Program room = folder.receive(right.replaceFirst("/.{8}#", "/aaaaaaaa#"));
          Program cut = folder.receive(right.replaceFirst("#.*", ""));
          Program none = folder.receive("nonsense")) {
        fails(room, 3, "does not know this link");
        fails(cut, 3, "lost its secret");
        fails(none, 3, "is no link");
        assertThat(folder.names()).isEmpty();
      }
    }
  }

  @Test
  void nobodyThereIsFour() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    String link = "http://127.0.0.1:" + free + "/abcdefgh#AQIDBAUGBwgJCgsMDQ4PEA";
    try (Program receiver = folder.receive(link)) {
      fails(receiver, 4, "nobody answers");
    }
  }

  @Test
  void aSenderThatDiesIsFour() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program sender = send(file, SLOWLY);
        Program receiver = folder.receive(url(sender), "--json", "--wait", "1")) {
      receiver.await("\"progress\"");
      sender.kill();
      fails(receiver, 4, "nobody answers");
      assertThat(folder.names()).singleElement().asString().endsWith(".part");
    }
  }

  @Test
  void theOtherSideThatLeavesIsFive() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program sender = send(file, SLOWLY);
        Program receiver = folder.receive(url(sender), "--json")) {
      receiver.await("\"progress\"");
      sender.interrupt();
      interrupted(sender);
      fails(receiver, 5, "the sender gave up: interrupted");
    }
  }

  @Test
  void aReceiverThatLeavesMayComeBack() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program sender = send(file, "--limit", "20M", "--json")) {
      String link = url(sender);
      try (Program receiver = folder.receive(link, "--json")) {
        receiver.await("\"bytes\":\\d{8}");
        receiver.interrupt();
        interrupted(receiver);
        sender.await("\"waiting\".*interrupted");
      }
      try (Program again = folder.receive(link)) {
        succeeds(again);
        succeeds(sender);
        assertThat(again.err()).anyMatch(line -> line.startsWith("goes on at "));
        assertThat(again.err()).last().asString().contains("of which");
        assertThat(Files.mismatch(file, folder.target().resolve("large.bin"))).isEqualTo(-1);
      }
    }
  }

  @Test
  void aSecondReceiverIsFive() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES);
    try (Program sender = send(file, SLOWLY);
        Program first = folder.receive(url(sender), "--json")) {
      first.await("\"progress\"");
      try (Program second = folder.receive(url(sender.out().get(0)), "--wait", "1")) {
        fails(second, 5, "serving another receiver");
      }
      assertThat(first.isRunning()).isTrue();
    }
  }

  private static String url(String line) {
    return line.replaceFirst(".*\"url\":\"", "").replaceFirst("\".*", "");
  }

  @Test
  void anExistingFileIsSevenAndForceReplacesIt() throws IOException {
    Path file = folder.file("a.txt", 1_000);
    Path existing = Files.writeString(folder.target().resolve("a.txt"), "precious");
    try (Program sender = send(file)) {
      String link = link(sender);
      try (Program careful = folder.receive(link)) {
        fails(careful, 7, "--force");
      }
      assertThat(existing).hasContent("precious");
      try (Program forced = folder.receive(link, "--force")) {
        succeeds(forced);
      }
      assertThat(Files.mismatch(file, existing)).isEqualTo(-1);
      succeeds(sender);
    }
  }

  @Test
  void noSuchDirectoryIsSeven() throws IOException {
    try (Program sender = send(folder.file("a", 10));
        Program receiver =
            Program.purertc("receive", "--loopback", "--dir", "/no/such/place", link(sender))) {
      fails(receiver, 7, "no such directory: /no/such/place");
    }
  }

  @Test
  void whatCannotBeSentIsEight() {
    try (Program missing = send(folder.source("missing"));
        Program device = send(Path.of("/dev/null"))) {
      fails(missing, 8, "no such file");
      fails(device, 8, "neither a file nor a directory");
    }
  }

  @Test
  void aFileThatChangesIsEightOnBothSides() throws IOException {
    Path file = folder.file("large.bin", LARGE_BYTES / 2);
    try (Program sender = send(file, SLOWLY);
        Program receiver = folder.receive(url(sender), "--json")) {
      receiver.await("\"progress\"");
      Files.write(file, new byte[1]);
      fails(sender, 8, "while it was sent");
      fails(receiver, 8, "while it was sent");
      assertThat(folder.target().resolve("large.bin")).doesNotExist();
    }
  }

  @Test
  void aWrongSecretIsNine() throws IOException {
    try (Program sender = send(folder.file("a", 10));
        Program receiver =
            folder.receive(link(sender).replaceFirst("#.*", "#AAAAAAAAAAAAAAAAAAAAAA"))) {
      fails(receiver, 9, "does not know the secret");
      assertThat(sender.isRunning()).isTrue();
      assertThat(folder.names()).isEmpty();
    }
  }

  @Test
  void aPortInUseIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Program sender = send(folder.file("a", 10), "--port", "" + taken.getLocalPort())) {
      fails(sender, 1, "port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void aFullDiskIsSevenAndTheTransferGoesOnWhenThereIsRoom() throws IOException {
    Path file = folder.file("large.bin", 6_000_000);
    try (SmallDisk disk = SmallDisk.at(folder.target(), 8);
        Program sender = send(file, "--limit", "2M", "--json")) {
      String link = url(sender);
      Path filler;
      try (Program receiver = folder.receive(link, "--json")) {
        receiver.await("\"bytes\":[23]\\d{6}");
        filler = disk.fill();
        fails(receiver, 7, "No space left on device");
        sender.await("\"waiting\".*No space left on device");
      }
      try (Program receiver = folder.receive(link)) {
        fails(receiver, 7, "not enough room");
      }
      Files.delete(filler);
      try (Program receiver = folder.receive(link)) {
        succeeds(receiver);
        succeeds(sender);
        assertThat(receiver.err()).anyMatch(line -> line.startsWith("goes on at "));
      }
      assertThat(Files.mismatch(file, folder.target().resolve("large.bin"))).isEqualTo(-1);
    }
  }
}
