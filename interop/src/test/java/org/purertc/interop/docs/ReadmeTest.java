package org.purertc.interop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;

class ReadmeTest {

  @Test
  void theFirstProgramConnectsTwoPeersAndEnds(@TempDir Path folder) throws Exception {
    String code = Readme.firstBlock("java");
    assertThat(code.lines().count()).isLessThanOrEqualTo(25);
    Path source = Files.writeString(folder.resolve("Hello.java"), code);
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();

    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = folder + System.getProperty("path.separator") + classPath;
    Process process =
        new ProcessBuilder(List.of(java, "-cp", path, "Hello")).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output.trim()).isEqualTo("echo: hello");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Each {@code scripts/purertc COMMAND} that README and the guide of media name. */
  @Test
  void theCommandsExist() throws IOException {
    Path project = Readme.project();
    String text =
        Files.readString(project.resolve("README.md"))
            + Files.readString(project.resolve("docs/media.md"));
    Set<String> commands =
        Pattern.compile("scripts/purertc ([a-z-]+)")
            .matcher(text)
            .results()
            .map(command -> command.group(1))
            .collect(Collectors.toSet());
    assertThat(commands).contains("send", "receive", "echo-bot");
    for (String command : commands) {
      try (Program help = Program.purertc(command, "--help")) {
        assertThat(help.exitCode()).as(command).isZero();
      }
    }
  }

  @Test
  void theBrowsersSideIsShort() {
    assertThat(Readme.firstBlock("js").lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(20);
  }
}
