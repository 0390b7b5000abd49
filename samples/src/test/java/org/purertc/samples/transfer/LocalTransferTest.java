package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.samples.transfer.Session.failure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.transfer.files.LocalTarget;
import org.purertc.samples.transfer.files.LocalTree;

/** From directory to directory. */
class LocalTransferTest {
  private static final FileTime OLD = FileTime.fromMillis(1_234_567_890_123L);

  @TempDir private Path directory;
  private Path source;
  private Path target;

  @BeforeEach
  void makeDirectories() throws IOException {
    source = Files.createDirectory(directory.resolve("source"));
    target = Files.createDirectory(directory.resolve("target"));
  }

  private Session session(boolean force) {
    return new Session(
        LocalTree.of(List.of(source.resolve("tree")), List.of()), new LocalTarget(target, force));
  }

  private Path file(String path, byte[] bytes) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static List<String> tree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }

  private void assertEqualTrees() throws IOException {
    assertThat(tree(target)).isEqualTo(tree(source));
    for (String path : tree(source)) {
      if (Files.isRegularFile(source.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        assertThat(Files.mismatch(target.resolve(path), source.resolve(path)))
            .as(path)
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void aTreeKeepsItsContentTimesPermissionsAndLinks() throws Exception {
    file("tree/a b/Größe 大小.txt", bytes(100_000, 1));
    file("tree/empty", new byte[0]);
    Path program = file("tree/program", bytes(10, 2));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createDirectory(source.resolve("tree/nothing"));
    Files.createSymbolicLink(source.resolve("tree/link"), Path.of("a b"));
    Files.createSymbolicLink(source.resolve("tree/dangling"), Path.of("missing"));
    Files.setLastModifiedTime(program, OLD);
    Files.setLastModifiedTime(source.resolve("tree/a b"), OLD);
    Files.setLastModifiedTime(source.resolve("tree"), OLD);
    session(false).run().arrived();
    assertEqualTrees();
    assertThat(Files.isExecutable(target.resolve("tree/program"))).isTrue();
    assertThat(Files.isExecutable(target.resolve("tree/empty"))).isFalse();
    for (String path : List.of("tree", "tree/a b", "tree/program")) {
      assertThat(Files.getLastModifiedTime(target.resolve(path))).as(path).isEqualTo(OLD);
    }
    assertThat(Files.readSymbolicLink(target.resolve("tree/link"))).isEqualTo(Path.of("a b"));
    assertThat(Files.readSymbolicLink(target.resolve("tree/dangling")))
        .isEqualTo(Path.of("missing"));
  }

  @Test
  void theSecondTimeNothingIsSent() throws Exception {
    file("tree/a", bytes(100_000, 1));
    Files.createSymbolicLink(source.resolve("tree/link"), Path.of("a"));
    session(false).run().arrived();
    Session again = session(false).run();
    assertThat(again.arrived().alreadyBytes()).isEqualTo(100_000);
    assertThat(again.toReceiver.binaryBytes).isZero();
  }

  @Test
  void aChangedFileIsRefusedWithoutForceAndReplacedWithIt() throws Exception {
    file("tree/a", bytes(100, 1));
    session(false).run().arrived();
    file("tree/a", bytes(101, 2));
    Session refused = session(false).run();
    assertThat(failure(refused.receiver).code()).isEqualTo(FailureCode.EXISTS);
    assertThat(failure(refused.sender).reason()).contains("--force");
    assertThat(target.resolve("tree/a")).hasBinaryContent(bytes(100, 1));
    session(true).run().arrived();
    assertEqualTrees();
  }

  @Test
  void aFileThatChangesWhileItIsSentIsNotCommitted() throws Exception {
    Path file = file("tree/a", bytes(3_000_000, 1));
    Session session = session(false);
    session.receiver.onOpen(0);
    while (session.toReceiver.binaryBytes == 0) {
      session.step();
    }
    Files.write(file, bytes(3_000_001, 2));
    while (session.step()) {
      // Until both know.
    }
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.SOURCE);
    assertThat(failure(session.receiver).reason()).contains("changed while it was sent");
    assertThat(target.resolve("tree/a")).doesNotExist();
  }

  @Test
  void aSparseFileStaysSparse() throws Exception {
    Files.createDirectory(source.resolve("tree"));
    try (RandomAccessFile sparse = new RandomAccessFile(source.resolve("tree/s").toFile(), "rw")) {
      sparse.seek(6 << 20);
      sparse.write(7);
      sparse.setLength(9 << 20);
    }
    Session session = session(false).run();
    session.arrived();
    assertThat(session.toReceiver.binaryBytes).isLessThanOrEqualTo(TransferSender.CHUNK_BYTES);
    assertThat(Files.size(target.resolve("tree/s"))).isEqualTo(9 << 20);
    assertEqualTrees();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void brokenSessionsGoOnWhereTheyStopped(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      file("tree/d" + i % 2 + "/f" + i, bytes(random.nextInt(4_000_000), seed + i));
    }
    boolean complete = false;
    for (int sessions = 0; !complete; sessions++) {
      assertThat(sessions).as("sessions of seed %d", seed).isLessThan(100);
      Session session = session(false);
      session.receiver.onOpen(0);
      int cut = 10 + random.nextInt(120);
      while (session.delivered < cut && session.step()) {
        // Until the connection breaks, or all is said.
      }
      session.lose();
      complete = !session.receiver.result().isCompletedExceptionally();
      checkNames(seed);
      damageAPart(random);
    }
    assertEqualTrees();
  }

  /** What has its name is the whole file. */
  private void checkNames(long seed) throws IOException {
    for (String path : tree(target)) {
      if (Files.isRegularFile(target.resolve(path)) && !path.endsWith(".part")) {
        assertThat(Files.mismatch(target.resolve(path), source.resolve(path)))
            .as("seed %d, %s", seed, path)
            .isEqualTo(-1);
      }
    }
  }

  private void damageAPart(Random random) throws IOException {
    for (String path : tree(target)) {
      if (path.endsWith(".part") && random.nextInt(4) == 0) {
        byte[] bytes = Files.readAllBytes(target.resolve(path));
        bytes[random.nextInt(bytes.length)] ^= 1;
        Files.write(target.resolve(path), bytes);
      }
    }
  }

  @Test
  void wholeBlocksAreNotSentAgain() throws Exception {
    byte[] content = bytes(3_500_000, 1);
    file("tree/a", content);
    Path part = target.resolve("tree/" + PathRules.partName("a"));
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(content, 2_500_000));
    Session session = session(false).run();
    assertThat(session.arrived().alreadyBytes()).isEqualTo(2 << 20);
    assertThat(session.toReceiver.binaryBytes).isEqualTo(3_500_000 - (2 << 20));
    assertEqualTrees();
  }
}
