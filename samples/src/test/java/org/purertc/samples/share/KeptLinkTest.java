package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptLinkTest {
  private static final List<String> WORDS = List.of("/a", "/b");
  private static final KeptLink.Address ADDRESS =
      new KeptLink.Address(new Room("abcdefgh"), new LinkSecret("AQIDBAUGBwgJCgsMDQ4PEA"), 8080);

  @TempDir private Path home;

  private Path directory() {
    return home.resolve("state").resolve("purertc");
  }

  private KeptLink open(String... words) throws IOException {
    return Objects.requireNonNull(KeptLink.open(directory(), List.of(words)));
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.toList().get(0);
    }
  }

  @Test
  void theSameWordsFindTheSameLink() throws IOException {
    try (KeptLink first = open("/a", "/b")) {
      assertThat(first.address()).isNull();
      first.save(ADDRESS);
    }
    try (KeptLink again = open("/a", "/b")) {
      assertThat(again.address()).isEqualTo(ADDRESS);
    }
    try (KeptLink other = open("/a/b")) {
      assertThat(other.address()).isNull();
    }
  }

  @Test
  void onlyTheUserMayReadIt() throws IOException {
    try (KeptLink link = open("/a")) {
      link.save(ADDRESS);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aLinkThatIsServedIsNotGivenAway() throws IOException {
    try (KeptLink first = open("/a", "/b")) {
      assertThat(KeptLink.open(directory(), WORDS)).isNull();
      assertThat(first.address()).isNull();
    }
    try (KeptLink again = open("/a", "/b")) {
      assertThat(again.address()).isNull();
    }
  }

  @Test
  void aFinishedTransferIsForgotten() throws IOException {
    try (KeptLink link = open("/a")) {
      link.save(ADDRESS);
      link.forget();
    }
    assertThat(directory()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"room\":\"abcdefgh\",\"secret\":\"AQI\",\"port\":80}",
        "{\"room\":\"x\",\"secret\":\"AQIDBAUGBwgJCgsMDQ4PEA\",\"port\":80}",
        "{\"room\":\"abcdefgh\",\"secret\":\"AQIDBAUGBwgJCgsMDQ4PEA\",\"port\":0}"
      })
  void aDamagedFileIsNoLink(String text) throws IOException {
    open("/a").close();
    Files.writeString(only(), text);
    try (KeptLink link = open("/a")) {
      assertThat(link.address()).isNull();
    }
  }

  @Test
  void aShorterAddressReplacesALongerOne() throws IOException {
    try (KeptLink link = open("/a")) {
      link.save(ADDRESS);
      KeptLink.Address shorter = new KeptLink.Address(ADDRESS.room(), ADDRESS.secret(), 80);
      link.save(shorter);
      assertThat(link.address()).isEqualTo(shorter);
    }
  }

  @Test
  void theDirectoryFollowsTheSpecification() {
    assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/x"), "/home/u"))
        .isEqualTo(Path.of("/x/purertc"));
    assertThat(StateDirectory.of(Map.of(), "/home/u"))
        .isEqualTo(Path.of("/home/u/.local/state/purertc"));
  }
}
