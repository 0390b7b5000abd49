package org.purertc.samples.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class SettingsFileTest {
  @TempDir private Path directory;

  @Command(name = "purertc")
  private static final class Whole {}

  private static CommandLine serve(Map<String, String> environment, String... arguments) {
    CommandLine serve = new CommandLine(new ServeCommand());
    CommandLine whole = new CommandLine(new Whole()).addSubcommand("serve", serve);
    serve.setDefaultValueProvider(new SettingsFile(environment));
    String[] line = new String[arguments.length + 1];
    line[0] = "serve";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    whole.parseArgs(line);
    return serve;
  }

  private static <T> T value(CommandLine command, String option) {
    return command.getCommandSpec().findOption(option).getValue();
  }

  private String file(String text) throws Exception {
    return Files.writeString(directory.resolve("serve.properties"), text).toString();
  }

  @Test
  void withoutAnythingTheDefaultsCount() {
    assertThat(SettingsFileTest.<Integer>value(serve(Map.of()), "--port")).isEqualTo(8080);
    assertThat(SettingsFileTest.<Boolean>value(serve(Map.of()), "--tls")).isFalse();
  }

  @Test
  void theLineCountsBeforeTheEnvironmentAndTheEnvironmentBeforeTheFile() throws Exception {
    String config = file("# a comment\nport = 1111\nrate = 11\nmax-rooms = 12\n");
    Map<String, String> environment =
        Map.of("PURERTC_SERVE_PORT", "2222", "PURERTC_SERVE_RATE", "22");
    CommandLine serve = serve(environment, "--port", "3333", "--config", config);
    assertThat(SettingsFileTest.<Integer>value(serve, "--port")).isEqualTo(3333);
    assertThat(SettingsFileTest.<Integer>value(serve, "--rate")).isEqualTo(22);
    assertThat(SettingsFileTest.<Integer>value(serve, "--max-rooms")).isEqualTo(12);
    assertThat(SettingsFileTest.<Integer>value(serve, "--max-members")).isEqualTo(64);
  }

  @Test
  void theEnvironmentNamesTheFile() throws Exception {
    Map<String, String> environment = Map.of("PURERTC_SERVE_CONFIG", file("port = 1111"));
    assertThat(SettingsFileTest.<Integer>value(serve(environment), "--port")).isEqualTo(1111);
  }

  @Test
  void whomToTrustAtRedisComesFromEither() throws Exception {
    Path trusted = Path.of("redis.pem");
    Map<String, String> environment = Map.of("PURERTC_SERVE_REDIS_CA", "redis.pem");
    assertThat(SettingsFileTest.<Path>value(serve(environment), "--redis-ca")).isEqualTo(trusted);
    CommandLine serve = serve(Map.of(), "--config", file("redis-ca = redis.pem"));
    assertThat(SettingsFileTest.<Path>value(serve, "--redis-ca")).isEqualTo(trusted);
  }

  @Test
  void severalValuesAreSeparatedBySpaces() throws Exception {
    String config = file("ice-server = stun:one.example turn:two.example,user,word\ntls = true\n");
    CommandLine serve = serve(Map.of(), "--config", config);
    assertThat(SettingsFileTest.<List<String>>value(serve, "--ice-server"))
        .containsExactly("stun:one.example", "turn:two.example,user,word");
    assertThat(SettingsFileTest.<Boolean>value(serve, "--tls")).isTrue();
  }

  @Test
  void aNameThatIsNoneIsAnError() throws Exception {
    String config = file("tokn = x");
    assertThatThrownBy(() -> serve(Map.of(), "--config", config))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("no such option")
        .hasMessageContaining("tokn");
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> serve(Map.of(), "--config", directory.resolve("none").toString()))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void theHelpSaysAllOfIt() {
    assertThat(serve(Map.of()).getUsageMessage())
        .contains("--tls-cert", "--token-secret", "PURERTC_SERVE_MAX_ROOMS", "--config");
  }
}
