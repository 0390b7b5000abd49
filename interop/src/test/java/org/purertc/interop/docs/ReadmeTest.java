package org.purertc.interop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void theBrowsersSideIsShort() {
    assertThat(Readme.firstBlock("js").lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(20);
  }
}
