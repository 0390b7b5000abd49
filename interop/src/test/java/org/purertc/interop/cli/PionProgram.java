package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The peer on pion, built from its source. */
public record PionProgram(Path file) {

  /** Builds it into a directory; what it needs must be in Go's cache. */
  public static PionProgram build(Path directory) {
    String source = OtherPeerTest.resource("/pion/main.go").getParent().toString();
    Path file = directory.resolve("pion-peer");
    List<String> build =
        List.of("go", "-C", source, "build", "-buildvcs=false", "-o", file.toString(), ".");
    try (Program go = Program.of(build)) {
      assertThat(go.exitCode()).as("%s", go).isZero();
    }
    return new PionProgram(file);
  }

  /** Starts it on loopback. */
  public Program start(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(arguments);
    return Program.of(command);
  }
}
