package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.fails;
import static org.purertc.interop.cli.ShareFolder.link;
import static org.purertc.interop.cli.ShareFolder.send;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
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

  @TempDir Path temporary;
  private ShareFolder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new ShareFolder(temporary);
  }

  @ParameterizedTest
  @CsvSource({"empty, 0", "one, 1", "Grüße aus 東京 und zurück.txt, 70000", "big.bin, 104857600"})
  void carriesAFile(String name, int bytes) throws IOException {
    Path file = folder.file(name, bytes);
    try (Program sender = send(file);
        Program receiver = folder.receive(link(sender))) {
      succeeds(receiver);
      succeeds(sender);
      assertThat(Files.mismatch(file, folder.target().resolve(name))).isEqualTo(-1);
      assertThat(folder.names()).containsExactly(name);
      String hash = ShareFolder.sha256(file);
      assertThat(receiver.err()).last().asString().contains("direct over IPv", "verified", hash);
      assertThat(sender.err()).last().asString().contains("direct over IPv", "verified", hash);
    }
  }

  @Test
  void carriesATreeWithLinksTimesAndTheExecutableBit() throws IOException {
    Path tree = folder.source("tree");
    folder.file("tree/a/b/deep.bin", 300_000);
    folder.file("tree/a/empty", 0);
    Path script = folder.file("tree/run.sh", 20);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    folder.file("tree/build/left-out.o", 20);
    Files.createDirectories(tree.resolve("nothing"));
    Files.createSymbolicLink(tree.resolve("inside"), Path.of("a/b"));
    Files.createSymbolicLink(tree.resolve("outside"), Path.of("/etc/passwd"));
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(script, old);
    Files.setLastModifiedTime(tree.resolve("a"), old);
    Path second = folder.file("second.txt", 7);
    try (Program sender = send(tree, second.toString(), "--exclude", "build/");
        Program receiver = folder.receive(link(sender))) {
      succeeds(receiver);
      succeeds(sender);
      assertThat(sender.err())
          .anyMatch(line -> line.startsWith("left out: ") && line.contains("outside"));
      assertThat(receiver.err().get(0)).contains("4 files", "4 directories", "1 link");
    }
    Path arrived = folder.target().resolve("tree");
    assertThat(arrived.resolve("a/b/deep.bin"))
        .hasSameBinaryContentAs(tree.resolve("a/b/deep.bin"));
    assertThat(arrived.resolve("a/empty")).isEmptyFile();
    assertThat(arrived.resolve("nothing")).isEmptyDirectory();
    assertThat(arrived.resolve("run.sh")).isExecutable();
    assertThat(arrived.resolve("a/empty").toFile().canExecute()).isFalse();
    assertThat(Files.readSymbolicLink(arrived.resolve("inside"))).isEqualTo(Path.of("a/b"));
    assertThat(arrived.resolve("outside")).doesNotExist();
    assertThat(arrived.resolve("build")).doesNotExist();
    assertThat(Files.getLastModifiedTime(arrived.resolve("run.sh"))).isEqualTo(old);
    assertThat(Files.getLastModifiedTime(arrived.resolve("a"))).isEqualTo(old);
    assertThat(folder.target().resolve("second.txt")).hasSize(7);
  }

  @Test
  void tellsProgramsInJson() throws IOException {
    Path file = folder.file("data.bin", 3 << 20);
    try (Program sender = send(file, "--json")) {
      JsonNode link = JSON.readTree(sender.await(".*\"link\".*").group());
      assertThat(link.get("name").asText()).isEqualTo("data.bin");
      assertThat(link.get("size").asInt()).isEqualTo(3 << 20);
      try (Program receiver = folder.receive(link.get("url").asText(), "--json")) {
        succeeds(receiver);
        succeeds(sender);
        for (Program program : List.of(sender, receiver)) {
          JsonNode done = JSON.readTree(program.out().get(program.out().size() - 1));
          assertThat(done.get("type").asText()).isEqualTo("done");
          assertThat(done.get("sha256").asText()).isEqualTo(ShareFolder.sha256(file));
          assertThat(done.get("bytes").asInt()).isEqualTo(3 << 20);
          assertThat(done.get("path").asText()).startsWith("direct over IPv");
          assertThat(program.err()).isEmpty();
        }
        assertThat(types(receiver)).startsWith("offer", "start").contains("progress");
      }
    }
  }

  private static List<String> types(Program program) throws IOException {
    List<String> types = new ArrayList<>();
    for (String line : program.out()) {
      types.add(JSON.readTree(line).get("type").asText());
    }
    return types;
  }

  @Test
  void isQuietWhenAsked() throws IOException {
    try (Program sender = send(folder.file("a", 10), "--quiet");
        Program receiver = folder.receive(link(sender), "--quiet")) {
      succeeds(receiver);
      succeeds(sender);
      assertThat(receiver.out()).isEmpty();
      assertThat(receiver.err()).isEmpty();
      assertThat(sender.out()).as("the link only").hasSize(1);
      assertThat(sender.err()).isEmpty();
    }
  }

  @Test
  void tellsTheStagesWhenAsked() throws IOException {
    try (Program sender = send(folder.file("a", 10), "--verbose");
        Program receiver = folder.receive(link(sender), "--verbose")) {
      succeeds(receiver);
      succeeds(sender);
      assertThat(receiver.err())
          .anyMatch(line -> line.startsWith("asking 127.0.0.1:"))
          .anyMatch(line -> line.startsWith("connected, direct over IPv"))
          .contains("file a");
      assertThat(sender.err()).contains("receiver and sender both know the secret of the link");
    }
  }

  @Test
  void readsAndWritesPipes() throws IOException {
    try (Program sender = send(Path.of("-"), "--name", "greeting")) {
      String link = link(sender);
      try (Program receiver = folder.receive("-", "--to", "stdout")) {
        receiver.type(link);
        sender.type("hello");
        receiver.await("^hello$");
        sender.type("world");
        sender.endInput();
        succeeds(receiver);
        succeeds(sender);
        assertThat(receiver.out()).containsExactly("hello", "world");
        assertThat(receiver.err()).contains("greeting, a stream");
        assertThat(receiver.err()).last().asString().contains("verified");
      }
    }
  }

  @Test
  void storesAStreamAsAFile() throws IOException {
    try (Program sender = send(Path.of("-"), "--name", "log.txt");
        Program receiver = folder.receive(link(sender))) {
      sender.type("line");
      sender.endInput();
      succeeds(receiver);
      succeeds(sender);
      assertThat(folder.target().resolve("log.txt")).hasContent("line\n");
      assertThat(folder.names()).containsExactly("log.txt");
    }
  }

  @Test
  void asksBeforeItTakesAnything() throws IOException {
    try (Program sender = send(folder.file("a.txt", 10))) {
      String link = link(sender);
      try (Program receiver = folder.receive(link, "--ask")) {
        receiver.type("y");
        succeeds(receiver);
        succeeds(sender);
        assertThat(receiver.err().get(0)).isEqualTo("a.txt, 10 bytes");
        assertThat(folder.names()).containsExactly("a.txt");
      }
    }
  }

  @Test
  void declines() throws IOException {
    try (Program sender = send(folder.file("a.txt", 10));
        Program receiver = folder.receive(link(sender), "--ask")) {
      receiver.type("n");
      fails(receiver, 6, "declined");
      fails(sender, 6, "the receiver declined");
      assertThat(folder.names()).isEmpty();
    }
  }

  @Test
  void servesManyAtTheSameTime() throws IOException {
    Path file = folder.file("a.bin", 5 << 20);
    Path other = Files.createDirectory(folder.source("other"));
    try (Program sender = send(file, "--many");
        Program one = folder.receive(link(sender));
        Program two =
            Program.purertc(
                "receive", sender.out().get(0), "--loopback", "--dir", other.toString())) {
      succeeds(one);
      succeeds(two);
      assertThat(Files.mismatch(file, folder.target().resolve("a.bin"))).isEqualTo(-1);
      assertThat(Files.mismatch(file, other.resolve("a.bin"))).isEqualTo(-1);
      assertThat(sender.isRunning()).isTrue();
      assertThat(sender.err())
          .anyMatch(line -> line.startsWith("receiver 1: ") && line.contains("verified"))
          .anyMatch(line -> line.startsWith("receiver 2: ") && line.contains("verified"));
    }
  }

  @Test
  void runAgainItHasNothingToDo() throws IOException {
    Path file = folder.file("a.bin", 100_000);
    try (Program sender = send(file, "--many")) {
      String link = link(sender);
      try (Program first = folder.receive(link);
          Program second = again(first, link)) {
        succeeds(second);
        assertThat(second.err()).last().asString().contains("there already");
      }
    }
  }

  private Program again(Program first, String link) {
    succeeds(first);
    return folder.receive(link);
  }
}
