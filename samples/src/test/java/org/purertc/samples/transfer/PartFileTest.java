package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartFileTest {
  @TempDir private Path directory;

  @Test
  void hasItsNameOnlyAfterCommit() throws Exception {
    PartFile file = new PartFile(directory, false);
    file.begin("a b.txt", 2);
    file.write(new byte[] {1, 2});
    assertThat(directory.resolve("a b.txt")).doesNotExist();
    file.commit();
    assertThat(directory.resolve("a b.txt")).hasBinaryContent(new byte[] {1, 2});
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingWhenDiscarded() throws Exception {
    PartFile file = new PartFile(directory, false);
    file.begin("a", 2);
    file.write(new byte[] {1});
    file.discard();
    file.discard();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesAnExistingName() throws Exception {
    Files.writeString(directory.resolve("a"), "old");
    assertThatThrownBy(() -> new PartFile(directory, false).begin("a", 1))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("--force");
    assertThat(directory.resolve("a")).hasContent("old");
  }

  @Test
  void doesNotReplaceAFileThatAppearedInTheMeantime() throws Exception {
    PartFile file = new PartFile(directory, false);
    file.begin("a", 1);
    Files.writeString(directory.resolve("a"), "other");
    assertThatThrownBy(file::commit).isInstanceOf(TransferException.class);
    file.discard();
    assertThat(directory.resolve("a")).hasContent("other");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void replacesWithForce() throws Exception {
    Files.writeString(directory.resolve("a"), "old");
    PartFile file = new PartFile(directory, true);
    file.begin("a", 1);
    file.write(new byte[] {'n'});
    file.commit();
    assertThat(directory.resolve("a")).hasContent("n");
  }

  @Test
  void keepsNamesThatAreNotAscii() throws Exception {
    PartFile file = new PartFile(directory, false);
    file.begin("Größe 大小.txt", 0);
    file.commit();
    assertThat(directory.resolve("Größe 大小.txt")).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "../a",
        "/etc/a",
        "a/b",
        "a\\b",
        "..\\a",
        "a\0b",
        "a\nb",
        "a\u001b[2J"
      })
  void refusesNamesThatAreNoPlainFileName(String name) {
    assertThatThrownBy(() -> new PartFile(directory, true).begin(name, 1))
        .isInstanceOf(TransferException.class)
        .hasMessageStartingWith("refused: ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThatThrownBy(() -> new PartFile(directory, true).begin("ä".repeat(128), 1))
        .hasMessageContaining("255");
  }

  @Test
  void refusesADirectory() throws Exception {
    Files.createDirectory(directory.resolve("sub"));
    assertThatThrownBy(() -> new PartFile(directory, true).begin("sub", 1))
        .hasMessageContaining("is a directory");
  }

  @Test
  void saysThatTheSourceIsMissing() {
    assertThatThrownBy(() -> LocalFile.of(directory.resolve("none")))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> LocalFile.of(directory)).hasMessageContaining("not a regular file");
  }
}
