package org.purertc.interop.cli;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Pion, on loopback. */
class PionTest extends OtherPeerTest {
  @TempDir private static Path directory;
  private static PionProgram pion;

  @BeforeAll
  static void build() {
    pion = PionProgram.build(directory);
  }

  @Override
  Program other(String... arguments) {
    return pion.start(List.of(arguments));
  }

  @Override
  List<String> reachingIt() {
    return List.of("--loopback");
  }
}
