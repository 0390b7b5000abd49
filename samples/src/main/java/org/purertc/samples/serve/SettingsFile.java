package org.purertc.samples.serve;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What an option is that the command line does not have: as the environment says, else as a file
 * says.
 */
final class SettingsFile implements IDefaultValueProvider {
  private static final String FILE_OPTION = "config";

  private final Map<String, String> environment;
  private @Nullable Properties file;

  /** For picocli. */
  SettingsFile() {
    this(System.getenv());
  }

  SettingsFile(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String name = name(option);
    String value = environment.get(variable(option.command(), name));
    if (value != null || name.equals(FILE_OPTION)) {
      return value;
    }
    return settings(option.command()).getProperty(name);
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  /** {@code PURERTC_SERVE_MAX_ROOMS} for {@code --max-rooms}. */
  private static String variable(CommandSpec command, String name) {
    return (command.qualifiedName("_") + "_" + name).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private Properties settings(CommandSpec command) {
    Properties read = file;
    if (read == null) {
      read = new Properties();
      OptionSpec option = command.findOption("--" + FILE_OPTION);
      Path path = option == null ? null : option.getValue();
      if (path != null) {
        read(path, read, command);
      }
      file = read;
    }
    return read;
  }

  private static void read(Path path, Properties into, CommandSpec command) {
    try (Reader reader = Files.newBufferedReader(path)) {
      into.load(reader);
    } catch (NoSuchFileException e) {
      throw new ParameterException(command.commandLine(), "no such file: " + path);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "cannot read " + path);
    }
    // A name that is mistyped would otherwise leave a door open that is believed to be shut.
    Set<String> unknown = new TreeSet<>(into.stringPropertyNames());
    command.options().forEach(it -> unknown.remove(name(it)));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "no such option in " + path + ": " + String.join(", ", unknown));
    }
  }
}
