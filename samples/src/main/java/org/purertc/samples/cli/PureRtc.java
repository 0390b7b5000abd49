package org.purertc.samples.cli;

import java.io.PrintWriter;
import org.purertc.samples.bench.BenchCommand;
import org.purertc.samples.connect.ConnectCommand;
import org.purertc.samples.demo.DemoCommand;
import org.purertc.samples.doctor.DoctorCommand;
import org.purertc.samples.echo.EchoBotCommand;
import org.purertc.samples.feed.FeedCommand;
import org.purertc.samples.join.JoinCommand;
import org.purertc.samples.relay.RelayCommand;
import org.purertc.samples.serve.ServeCommand;
import org.purertc.samples.serve.TokenCommand;
import org.purertc.samples.share.ReceiveCommand;
import org.purertc.samples.share.SendCommand;
import org.purertc.samples.terminal.CommandFailure;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code purertc}. */
@Command(
    name = "purertc",
    mixinStandardHelpOptions = true,
    versionProvider = PureRtc.Version.class,
    description = "WebRTC in pure Java: try it, send files with it, measure it.",
    subcommands = {
      DemoCommand.class,
      EchoBotCommand.class,
      SendCommand.class,
      ReceiveCommand.class,
      ConnectCommand.class,
      ServeCommand.class,
      TokenCommand.class,
      JoinCommand.class,
      FeedCommand.class,
      BenchCommand.class,
      RelayCommand.class,
      DoctorCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class PureRtc implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command as tests run it: {@code execute} returns the exit code. */
  static CommandLine commandLine() {
    return new CommandLine(new PureRtc())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(PureRtc::wrongUsage)
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int wrongUsage(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + firstLine(thrown.getMessage()) + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception thrown, CommandLine command) {
    boolean expected = thrown instanceof CommandFailure || thrown instanceof java.io.IOException;
    String what = expected ? "" : thrown.getClass().getSimpleName() + ": ";
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + what + firstLine(thrown.getMessage()));
    return thrown instanceof CommandFailure it ? it.exitCode() : CommandLine.ExitCode.SOFTWARE;
  }

  private static String firstLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "failed" : message.lines().findFirst().orElse("failed");
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PureRtc.class.getPackage().getImplementationVersion();
      return new String[] {"purertc " + (version == null ? "development" : version)};
    }
  }
}
