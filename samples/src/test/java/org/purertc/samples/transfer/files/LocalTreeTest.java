package org.purertc.samples.transfer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

class LocalTreeTest {
  @TempDir private Path directory;

  private Path file(String path) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, path);
  }

  private List<String> paths(List<Path> named, String... excludes) throws IOException {
    return LocalTree.of(named, List.of(excludes)).scan().entries().stream()
        .map(Entry::path)
        .toList();
  }

  private static void assertRefused(LocalTree tree, String reason) {
    assertThatThrownBy(tree::scan)
        .isInstanceOfSatisfying(
            TransferException.class,
            it -> {
              assertThat(it.code()).isEqualTo(FailureCode.SOURCE);
              assertThat(it.reason()).contains(reason);
            });
  }

  @Test
  void aDirectoryComesBeforeItsContentInOrder() throws Exception {
    file("d/b");
    file("d/a/x");
    file("d/a/.hidden");
    assertThat(paths(List.of(directory.resolve("d"))))
        .containsExactly("d", "d/a", "d/a/.hidden", "d/a/x", "d/b");
  }

  @Test
  void aFileIsSentByItsLastName() throws Exception {
    file("d/a");
    assertThat(paths(List.of(directory.resolve("d/../d/a")))).containsExactly("a");
    assertThat(paths(List.of(directory.resolve("d/.")))).containsExactly("d", "d/a");
  }

  @Test
  void aLinkThatIsNamedIsFollowed() throws Exception {
    file("d/a");
    Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("d"));
    assertThat(paths(List.of(link))).containsExactly("l", "l/a");
  }

  @Test
  void linksThatLeadOutAndPipesAreLeftOutAndTold() throws Exception {
    file("d/a");
    Files.createSymbolicLink(directory.resolve("d/inside"), Path.of("a"));
    Files.createSymbolicLink(directory.resolve("d/absolute"), directory.resolve("d/a"));
    Files.createSymbolicLink(directory.resolve("d/outside"), Path.of("../other"));
    file("d/" + ".purertc-00000000000000000000.part");
    LocalTree tree = LocalTree.of(List.of(directory.resolve("d")), List.of());
    assertThat(tree.scan().entries())
        .extracting(Entry::path)
        .containsExactly("d", "d/a", "d/inside");
    assertThat(tree.leftOut())
        .hasSize(3)
        .anyMatch(it -> it.contains("absolute path"))
        .anyMatch(it -> it.contains("points out of what is sent"))
        .anyMatch(it -> it.contains("part file"));
  }

  @Test
  void aLinkToAnotherThingThatIsSentIsKept() throws Exception {
    file("d/a");
    file("other");
    Files.createSymbolicLink(directory.resolve("d/l"), Path.of("../other"));
    assertThat(paths(List.of(directory.resolve("d"), directory.resolve("other")))).contains("d/l");
  }

  @Test
  void twoThingsOfTheSameNameAreRefused() throws Exception {
    assertRefused(LocalTree.of(List.of(file("d/a"), file("e/a")), List.of()), "named a");
  }

  @Test
  void whatIsMissingIsRefused() {
    assertRefused(LocalTree.of(List.of(directory.resolve("none")), List.of()), "no such file");
    assertRefused(LocalTree.of(List.of(Path.of("/")), List.of()), "it has no name");
  }

  @Test
  void aFileThatChangedSinceTheScanIsNotOpened() throws Exception {
    Path file = file("a");
    LocalTree tree = LocalTree.of(List.of(file), List.of());
    tree.scan();
    Files.writeString(file, "something longer");
    assertThatThrownBy(() -> tree.open(0)).hasMessageContaining("changed while it was sent");
    Files.delete(file);
    assertThatThrownBy(() -> tree.open(0)).isInstanceOf(TransferException.class);
  }

  @Test
  void aFileThatBecameALinkIsNotFollowed() throws Exception {
    Path file = file("d/a");
    Path other = file("other");
    LocalTree tree = LocalTree.of(List.of(directory.resolve("d")), List.of());
    tree.scan();
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    assertThatThrownBy(() -> tree.open(1)).isInstanceOf(TransferException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "*.o, d/x/b d/x/build d/x/build/t d/build d/build/c.txt d/top d/x/top",
    "build/, d/a.o d/x/b d/x/build.o d/top d/x/top",
    "/top, d/a.o d/build d/build/c.txt d/build/d.o d/x/b d/x/build d/x/build/t d/x/build.o d/x/top",
    "x/top, d/a.o d/build d/build/c.txt d/build/d.o d/top d/x/b d/x/build d/x/build/t d/x/build.o",
    "**/build/t, d/a.o d/build d/build/c.txt d/build/d.o d/top d/x/b d/x/build d/x/build.o d/x/top",
    "x/**, d/a.o d/build d/build/c.txt d/build/d.o d/top",
    "[bt], d/a.o d/build d/build/c.txt d/build/d.o d/top d/x/build d/x/build.o d/x/top",
  })
  void excludesLikeGitignore(String pattern, String left) throws Exception {
    for (String path :
        List.of(
            "a.o", "x/b", "x/build/t", "x/build.o", "build/c.txt", "build/d.o", "top", "x/top")) {
      file("d/" + path);
    }
    assertThat(paths(List.of(directory.resolve("d")), pattern))
        .filteredOn(it -> !it.equals("d") && !it.equals("d/x"))
        .containsExactlyInAnyOrder(left.split(" ", -1));
  }

  @Test
  void whatIsNamedCanBeExcludedByNameOnly() throws Exception {
    Path object = file("a.o");
    Path text = file("a.txt");
    assertThat(paths(List.of(object, text), "*.o")).containsExactly("a.txt");
    assertThat(paths(List.of(object, text), "/a.o")).hasSize(2);
    assertRefused(LocalTree.of(List.of(object), List.of("*.o")), "everything is excluded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "!a", "[", "{a"})
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> LocalTree.of(List.of(directory), List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + pattern + "\"");
  }
}
