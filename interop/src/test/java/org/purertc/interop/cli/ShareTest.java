package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code purertc send} and {@code purertc receive}, each a process with 64 MiB of heap. */
@Tag("interop")
class ShareTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes long enough to be interrupted, and no space on the disk. */
  private static final long ENDLESS_BYTES = 8L << 30;

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
  }

  @ParameterizedTest
  @CsvSource({"empty, 0", "one, 1", "Grüße aus 東京 und zurück.txt, 70000", "big.bin, 104857600"})
  void carriesAFile(String name, int bytes) throws IOException {
    Path file = file(name, bytes);
    try (Program sender = send(file);
        Program receiver = receive(link(sender))) {
      assertThat(receiver.exitCode()).as("%s", receiver).isZero();
      assertThat(sender.exitCode()).as("%s", sender).isZero();
      assertThat(Files.mismatch(file, target.resolve(name))).isEqualTo(-1);
      assertThat(names()).containsExactly(name);
      String hash = sha256(file);
      assertThat(receiver.err()).last().asString().contains("verified", hash);
      assertThat(sender.err()).last().asString().contains("verified", hash);
    }
  }

  @Test
  void tellsProgramsInJson() throws IOException {
    Path file = file("data.bin", 3 << 20);
    try (Program sender = send(file, "--json")) {
      JsonNode link = JSON.readTree(sender.await(".*\"link\".*").group());
      assertThat(link.get("name").asText()).isEqualTo("data.bin");
      assertThat(link.get("size").asInt()).isEqualTo(3 << 20);
      try (Program receiver = receive(link.get("url").asText(), "--json")) {
        assertThat(receiver.exitCode()).isZero();
        assertThat(sender.exitCode()).isZero();
        for (Program program : List.of(sender, receiver)) {
          JsonNode done = JSON.readTree(program.out().get(program.out().size() - 1));
          assertThat(done.get("type").asText()).isEqualTo("done");
          assertThat(done.get("sha256").asText()).isEqualTo(sha256(file));
          assertThat(done.get("bytes").asInt()).isEqualTo(3 << 20);
          assertThat(program.err()).isEmpty();
        }
        assertThat(types(receiver)).startsWith("start").contains("progress");
      }
    }
  }

  @Test
  void isQuietWhenAsked() throws IOException {
    try (Program sender = send(file("a", 10), "--quiet");
        Program receiver = receive(link(sender), "--quiet")) {
      assertThat(receiver.exitCode()).isZero();
      assertThat(sender.exitCode()).isZero();
      assertThat(receiver.out()).isEmpty();
      assertThat(receiver.err()).isEmpty();
      assertThat(sender.out()).as("the link only").hasSize(1);
      assertThat(sender.err()).isEmpty();
    }
  }

  @Test
  void refusesAnUnknownCode() throws IOException {
    try (Program sender = send(file("a", 10));
        Program receiver = receive(link(sender) + "x")) {
      fails(receiver, "unknown code");
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    try (Program receiver = receive("http://127.0.0.1:" + free + "/abc")) {
      fails(receiver, "nobody answers");
    }
  }

  @Test
  void saysThatThePortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Program sender = send(file("a", 10), "--port", "" + taken.getLocalPort())) {
      fails(sender, "port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void saysThatAFileCannotBeSent() {
    try (Program missing = send(folder.resolve("missing"));
        Program directory = send(folder)) {
      fails(missing, "no such file");
      fails(directory, "not a regular file");
    }
  }

  @Test
  void replacesAFileOnlyByForce() throws IOException {
    Path file = file("a.txt", 1_000);
    Path existing = Files.writeString(target.resolve("a.txt"), "precious");
    try (Program sender = send(file)) {
      String link = link(sender);
      try (Program careful = receive(link)) {
        fails(careful, "--force");
      }
      assertThat(existing).hasContent("precious");
      try (Program forced = receive(link, "--force")) {
        assertThat(forced.exitCode()).as("%s", forced).isZero();
      }
      assertThat(Files.mismatch(file, existing)).isEqualTo(-1);
      assertThat(sender.exitCode()).as("%s", sender).isZero();
    }
  }

  @Test
  void servesOneReceiverUnlessAskedForMany() throws IOException {
    try (Program sender = send(endless());
        Program first = receive(link(sender), "--json")) {
      first.await("\"progress\"");
      try (Program second = receive(sender.out().get(0))) {
        fails(second, "serving another receiver");
      }
    }
  }

  @Test
  void servesManyAtTheSameTime() throws IOException {
    Path file = file("a.bin", 5 << 20);
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Program sender = send(file, "--many");
        Program one = receive(link(sender));
        Program two =
            Program.purertc(
                "receive", sender.out().get(0), "--loopback", "--dir", other.toString())) {
      assertThat(one.exitCode()).as("%s", one).isZero();
      assertThat(two.exitCode()).as("%s", two).isZero();
      assertThat(Files.mismatch(file, target.resolve("a.bin"))).isEqualTo(-1);
      assertThat(Files.mismatch(file, other.resolve("a.bin"))).isEqualTo(-1);
      assertThat(sender.isRunning()).isTrue();
    }
  }

  @Test
  void saysThatTheSenderWasLost() throws IOException {
    try (Program sender = send(endless());
        Program receiver = receive(link(sender), "--json")) {
      receiver.await("\"progress\"");
      sender.kill();
      fails(receiver, "the sender is gone");
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void saysThatTheReceiverWasLost() throws IOException {
    try (Program sender = send(endless(), "--json")) {
      String url = JSON.readTree(sender.await(".*\"link\".*").group()).get("url").asText();
      try (Program receiver = receive(url)) {
        sender.await("\"progress\"");
        receiver.kill();
        fails(sender, "receiver");
        assertThat(names()).doesNotContain("endless.bin");
      }
    }
  }

  @Test
  void refusesWrongUsageWithExitCodeTwo() {
    try (Program program = Program.purertc("send", "--no-such-option")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).hasSize(1);
      assertThat(program.out()).isEmpty();
    }
  }

  private static void fails(Program program, String reason) {
    assertThat(program.exitCode()).as("%s", program).isEqualTo(1);
    assertThat(program.err())
        .filteredOn(line -> line.startsWith("purertc "))
        .singleElement()
        .asString()
        .contains(reason);
    assertThat(program.err()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(program.err()).noneMatch(line -> line.contains("Exception"));
  }

  private static Program send(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("send", "--loopback", file.toString()));
    all.addAll(Arrays.asList(options));
    return Program.purertc(all.toArray(String[]::new));
  }

  private Program receive(String link, String... options) {
    List<String> all =
        new ArrayList<>(List.of("receive", "--loopback", "--dir", target.toString(), link));
    all.addAll(Arrays.asList(options));
    return Program.purertc(all.toArray(String[]::new));
  }

  private static String link(Program sender) {
    return sender.await("^(http://127\\.0\\.0\\.1:\\d+/\\S{11,})$").group(1);
  }

  private static List<String> types(Program program) throws IOException {
    List<String> types = new ArrayList<>();
    for (String line : program.out()) {
      types.add(JSON.readTree(line).get("type").asText());
    }
    return types;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path file(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Random random = new Random(bytes);
    byte[] part = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int left = bytes; left > 0; left -= part.length) {
        random.nextBytes(part);
        out.write(part, 0, Math.min(left, part.length));
      }
    }
    return file;
  }

  private Path endless() throws IOException {
    Path file = folder.resolve("endless.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(ENDLESS_BYTES);
    }
    return file;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        digest.update(part, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
