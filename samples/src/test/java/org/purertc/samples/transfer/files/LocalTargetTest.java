package org.purertc.samples.transfer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.PathRules;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferTarget;

class LocalTargetTest {
  @TempDir private Path directory;
  private LocalTarget target;

  @BeforeEach
  void create() {
    target = new LocalTarget(directory, false);
  }

  @AfterEach
  void close() {
    target.close();
  }

  private static Manifest manifest(Entry... entries) {
    return Manifest.of(List.of(entries));
  }

  private static Entry file(String path, long bytes) {
    return Entry.file(path, bytes, 1_000_000_000_000L, false);
  }

  private Path part(String name) {
    return directory.resolve(PathRules.partName(name));
  }

  private static void assertRefused(FailureCode code, TransferTarget target, Entry... entries) {
    assertThatThrownBy(() -> target.plan(manifest(entries)))
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(code));
  }

  @Test
  void aFileHasItsNameOnlyAfterCommit() throws Exception {
    target.plan(manifest(file("a", 2)));
    target.begin(0, 0);
    target.write(new byte[] {1, 2});
    assertThat(directory.resolve("a")).doesNotExist();
    assertThat(part("a")).exists();
    target.commit();
    assertThat(directory.resolve("a")).hasBinaryContent(new byte[] {1, 2});
    assertThat(part("a")).doesNotExist();
  }

  @Test
  void whatWasBegunStaysForTheNextSession() throws Exception {
    target.plan(manifest(file("a", 3 << 20)));
    target.begin(0, 0);
    target.write(new byte[2 << 20]);
    target.close();
    LocalTarget next = new LocalTarget(directory, false);
    Plan plan = next.plan(manifest(file("a", 3 << 20)));
    next.close();
    assertThat(plan.haves())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.block()).isEqualTo(1 << 20);
              assertThat(it.count()).isEqualTo(2);
            });
  }

  @Test
  void anEmptyPartAndAPartOfAStreamDoNotStay() throws Exception {
    target.plan(manifest(file("a", 3)));
    target.begin(0, 0);
    target.close();
    assertThat(directory).isEmptyDirectory();
    target.plan(manifest(file("a", Entry.UNKNOWN)));
    target.begin(0, 0);
    target.write(new byte[5]);
    target.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDiscardedFileLeavesNothing() throws Exception {
    target.plan(manifest(file("a", 3)));
    target.begin(0, 0);
    target.write(new byte[3]);
    target.discard();
    target.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void twoTransfersDoNotWriteTheSameFile() throws Exception {
    target.plan(manifest(file("a", 3 << 20)));
    target.begin(0, 0);
    target.write(new byte[2 << 20]);
    LocalTarget other = new LocalTarget(directory, false);
    assertRefused(FailureCode.BUSY, other, file("a", 3 << 20));
  }

  @Test
  void offsetsAreLongerThan32Bits() throws Exception {
    long bytes = (4L << 30) + 10;
    target.plan(manifest(file("a", bytes)));
    target.begin(0, 0);
    target.zeros((4L << 30) + 5);
    target.write(new byte[] {7});
    target.zeros(4);
    target.commit();
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("a").toFile(), "r")) {
      assertThat(file.length()).isEqualTo(bytes);
      file.seek((4L << 30) + 5);
      assertThat(file.read()).isEqualTo(7);
      assertThat(file.read()).isZero();
    }
  }

  @Test
  void anOldPartBehindTheBlocksIsCutOff() throws Exception {
    Files.write(part("a"), new byte[] {1, 2, 3, 4, 5});
    target.plan(manifest(file("a", 3)));
    target.begin(0, 0);
    target.zeros(3);
    target.commit();
    assertThat(directory.resolve("a")).hasBinaryContent(new byte[3]);
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsComplete() throws Exception {
    Path there = Files.write(directory.resolve("a"), new byte[5]);
    Files.setLastModifiedTime(there, FileTime.fromMillis(1_000_000_001_900L));
    assertThat(target.plan(manifest(file("a", 5))).skips()).containsExactly(0);
    assertRefused(FailureCode.EXISTS, target, file("a", 6));
    Files.setLastModifiedTime(there, FileTime.fromMillis(1_000_000_002_100L));
    assertRefused(FailureCode.EXISTS, target, file("a", 5));
  }

  @Test
  void whatIsInTheWayIsRefused() throws Exception {
    Files.createDirectory(directory.resolve("directory"));
    Files.write(directory.resolve("file"), new byte[1]);
    LocalTarget force = new LocalTarget(directory, true);
    assertRefused(FailureCode.EXISTS, force, file("directory", 1));
    assertRefused(FailureCode.EXISTS, force, Entry.directory("file", 0));
    assertRefused(FailureCode.EXISTS, force, Entry.link("directory", "x"));
    assertRefused(FailureCode.EXISTS, target, Entry.link("file", "x"));
  }

  @Test
  void nothingIsWrittenThroughALink(@TempDir Path outside) throws Exception {
    Files.createSymbolicLink(directory.resolve("d"), outside);
    LocalTarget force = new LocalTarget(directory, true);
    assertRefused(FailureCode.EXISTS, force, Entry.directory("d", 0), file("d/a", 1));
    Files.delete(directory.resolve("d"));
    force.plan(manifest(Entry.directory("d", 0), file("d/a", 1)));
    Files.createSymbolicLink(directory.resolve("d"), outside);
    assertThatThrownBy(() -> force.begin(1, 0)).hasMessageContaining("is no directory");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aPartThatIsALinkIsRefused(@TempDir Path outside) throws Exception {
    Path victim = Files.write(outside.resolve("victim"), new byte[] {1});
    Files.createSymbolicLink(part("a"), victim);
    target.plan(manifest(file("a", 1)));
    assertThatThrownBy(() -> target.begin(0, 0)).isInstanceOf(TransferException.class);
    assertThat(victim).hasBinaryContent(new byte[] {1});
  }

  @Test
  void aLinkInTheFilesPlaceIsReplacedNotFollowed(@TempDir Path outside) throws Exception {
    Path victim = Files.write(outside.resolve("victim"), new byte[] {1});
    Files.createSymbolicLink(directory.resolve("a"), victim);
    assertRefused(FailureCode.EXISTS, target, file("a", 1));
    LocalTarget force = new LocalTarget(directory, true);
    force.plan(manifest(file("a", 1)));
    force.begin(0, 0);
    force.write(new byte[] {2});
    force.commit();
    assertThat(victim).hasBinaryContent(new byte[] {1});
    assertThat(Files.isSymbolicLink(directory.resolve("a"))).isFalse();
  }

  @Test
  void aFileThatAppearedInTheMeantimeIsNotReplaced() throws Exception {
    target.plan(manifest(file("a", 1)));
    target.begin(0, 0);
    target.write(new byte[1]);
    Files.writeString(directory.resolve("a"), "other");
    assertThatThrownBy(target::commit)
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(FailureCode.EXISTS));
    assertThat(directory.resolve("a")).hasContent("other");
  }

  @Test
  void existingDirectoriesAreMergedIntoAndForceReplacesLinks() throws Exception {
    Files.createDirectory(directory.resolve("d"));
    Files.write(directory.resolve("d/mine"), new byte[1]);
    Files.createSymbolicLink(directory.resolve("d/l"), Path.of("old"));
    LocalTarget force = new LocalTarget(directory, true);
    force.plan(manifest(Entry.directory("d", 1_000), Entry.link("d/l", "new")));
    force.finish();
    assertThat(directory.resolve("d/mine")).exists();
    assertThat(Files.readSymbolicLink(directory.resolve("d/l"))).isEqualTo(Path.of("new"));
    assertThat(Files.getLastModifiedTime(directory.resolve("d")))
        .isEqualTo(FileTime.fromMillis(1_000));
  }

  @Test
  void roomIsCheckedBeforeTheFirstByte() throws Exception {
    LocalTarget small = new LocalTarget(directory, false, path -> 1_000);
    small.plan(manifest(file("a", 600), file("b", 400)));
    assertThatThrownBy(() -> small.plan(manifest(file("a", 600), file("b", 401))))
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(FailureCode.DISK))
        .hasMessageContaining("1001 bytes are needed, 1000 are free");
  }

  @Test
  void whatIsThereAlreadyNeedsNoRoom() throws Exception {
    Files.write(part("a"), new byte[2 << 20]);
    try (var small = new Closing(new LocalTarget(directory, false, path -> 1 << 20))) {
      assertThat(small.target.plan(manifest(file("a", 3 << 20))).haves()).hasSize(1);
    }
  }

  private record Closing(LocalTarget target) implements AutoCloseable {
    @Override
    public void close() {
      target.close();
    }
  }

  @Test
  void aDirectoryThatIsMissingIsToldAtOnce() {
    LocalTarget nowhere = new LocalTarget(directory.resolve("none"), false);
    assertRefused(FailureCode.DISK, nowhere, file("a", 1));
  }

  @Test
  void aFailingDiskIsAFailureOfTheDisk() throws IOException {
    target.plan(manifest(file("d", 1)));
    target.begin(0, 0);
    // A directory in the place of the finished file: the rename fails.
    Files.createDirectory(directory.resolve("d"));
    assertThatThrownBy(target::commit)
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(FailureCode.EXISTS));
    assertThat(Files.isDirectory(directory.resolve("d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
