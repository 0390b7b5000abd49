package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.interop.docs.Readme;
import org.purertc.samples.cli.PureRtc;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The pages that the Maven profile {@code man} makes, as {@code man} shows them. */
@Tag("interop")
@Timeout(120)
class ManPagesTest {
  private static final Path PAGES = Readme.project().resolve("samples/target/man");

  static Stream<CommandSpec> commands() {
    return commands(new CommandLine(new PureRtc()));
  }

  private static Stream<CommandSpec> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getCommandSpec()),
        command.getSubcommands().values().stream().flatMap(ManPagesTest::commands));
  }

  private static String file(CommandSpec command) {
    return command.qualifiedName("-") + ".1";
  }

  @Test
  void thereIsOneForEachCommandAndNoOther() throws IOException {
    assertThat(PAGES).as("made by: mvn -Pman package").isDirectory();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(commands().map(ManPagesTest::file).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsEachOptionAndManComplainsOfNothing(CommandSpec command) {
    String page = PAGES.resolve(file(command)).toString();
    try (Program man = Program.of(List.of("man", "--warnings", "--local-file", page))) {
      assertThat(man.exitCode()).as("%s", man).isZero();
      assertThat(man.err()).isEmpty();
      String text = String.join(" ", man.out()).replaceAll("\\s+", " ");
      assertThat(text).contains(command.qualifiedName("-") + " - ");
      assertThat(command.options())
          .filteredOn(option -> !option.hidden())
          .flatMap(option -> List.of(option.names()))
          .allSatisfy(name -> assertThat(text.replace("--[no-]", "--")).contains(name));
    }
  }
}
