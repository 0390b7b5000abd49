package org.purertc.interop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.interop.cli.Program;

/** docs/files.md says what the commands' help says. */
class FilesGuideTest {
  private static final Pattern EXIT_CODE = Pattern.compile("^\\| (\\d) \\| ([^|]+) \\|");
  private static final Pattern OPTION = Pattern.compile("(--[a-z-]+)");

  private static String guide() throws IOException {
    return Files.readString(Readme.project().resolve("docs/files.md"));
  }

  /** The help in one line: long descriptions are broken. */
  private static String help(String command) {
    try (Program help = Program.purertc(command, "--help")) {
      assertThat(help.exitCode()).isZero();
      return String.join(" ", help.out()).replaceAll("\\s+", " ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "receive"})
  void theExitCodesAreThoseOfTheHelp(String command) throws IOException {
    String help = help(command);
    List<MatchResult> codes =
        guide().lines().flatMap(line -> EXIT_CODE.matcher(line).results()).toList();
    assertThat(codes).hasSize(10);
    assertThat(codes)
        .allSatisfy(code -> assertThat(help).contains(code.group(1) + " " + code.group(2)));
  }

  @Test
  void everyOptionIsInTheGuide() throws IOException {
    String guide = guide();
    var options = new TreeSet<String>();
    for (String command : List.of("send", "receive")) {
      OPTION.matcher(help(command)).results().map(it -> it.group(1)).forEach(options::add);
    }
    options.removeAll(List.of("--help", "--version"));
    assertThat(options).contains("--exclude", "--wait");
    assertThat(options).allSatisfy(option -> assertThat(guide).contains(option));
  }
}
