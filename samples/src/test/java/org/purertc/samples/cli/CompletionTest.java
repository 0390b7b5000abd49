package org.purertc.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shell completes after {@code source <(purertc generate-completion)}. */
@Timeout(60)
class CompletionTest {
  @TempDir private Path directory;

  private static String script() {
    StringWriter out = new StringWriter();
    int code =
        PureRtc.commandLine().setOut(new PrintWriter(out, true)).execute("generate-completion");
    assertThat(code).isZero();
    return out.toString();
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path file = Files.writeString(directory.resolve("completion"), script());
    assertThat(complete(file, "purertc", "ser")).contains("serve");
    assertThat(complete(file, "purertc", "serve", "--tls-c")).contains("--tls-cert");
  }

  private static String complete(Path file, String... words) throws Exception {
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_purertc; echo \"${COMPREPLY[@]}\""
            .formatted(file, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
