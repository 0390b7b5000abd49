package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Pion, on loopback. */
class PionTest extends OtherPeerTest {
  @TempDir private static Path directory;

  private static Path program() {
    return directory.resolve("pion-peer");
  }

  @BeforeAll
  static void build() {
    String source = resource("/pion/main.go").getParent().toString();
    String program = program().toString();
    List<String> build =
        List.of("go", "-C", source, "build", "-buildvcs=false", "-o", program, ".");
    try (Program go = Program.of(build)) {
      assertThat(go.exitCode()).as("%s", go).isZero();
    }
  }

  @Override
  Program other(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(List.of(arguments));
    return Program.of(command);
  }

  @Override
  List<String> reachingIt() {
    return List.of("--loopback");
  }
}
