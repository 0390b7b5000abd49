package org.purertc.samples.terminal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a command tells what it does. */
public final class OutputOptions {

  @ArgGroup private final Choice choice = new Choice();

  /** At most one of them. */
  private static final class Choice {
    @Option(names = "--quiet", description = "No progress; errors only.")
    private boolean quiet;

    @Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean json;
  }

  @Option(
      names = "--verbose",
      description = "Tell each step: signalling, connection, proofs, files.")
  private boolean verbose;

  public boolean json() {
    return choice.json;
  }

  /**
   * The reporter that was asked for.
   *
   * @param several whether transfers may run at the same time: then no bar is drawn
   */
  public Reporter reporter(PrintWriter out, PrintWriter err, boolean several) {
    if (choice.json) {
      return new JsonReporter(out, verbose);
    }
    if (choice.quiet) {
      return new QuietReporter();
    }
    return isTerminal() && !several
        ? new BarReporter(err, verbose)
        : new LineReporter(err, verbose);
  }

  /** Whether a person reads and types, not a file or another program. */
  @SuppressWarnings("SystemConsoleNull") // Since Java 22 there is one without a terminal.
  public static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
