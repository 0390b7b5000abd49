package org.purertc.interop.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of this test's own, with nothing in it but its loopback; it goes when it is
 * closed, or when this JVM ends, and takes its interfaces with it. Needs root.
 */
public final class IsolatedNamespace implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final Thread atExit = new Thread(this::delete);

  public IsolatedNamespace() {
    name = "purertc" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    outside("netns", "add", name);
    Runtime.getRuntime().addShutdownHook(atExit);
    ip("link", "set", "lo", "up");
  }

  public String name() {
    return name;
  }

  /** The command that runs another one inside. */
  public List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(command);
    return all;
  }

  /** Runs {@code ip} where this process is. */
  static void outside(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    execute("", command);
  }

  /** Runs {@code ip} inside. */
  public void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    execute("", command);
  }

  /**
   * Runs a command inside and returns what it prints.
   *
   * @param input for its standard input
   */
  public String run(String input, String... command) {
    return execute(input, command(List.of(command)));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete();
  }

  private void delete() {
    outside("netns", "delete", name);
  }

  private static String execute(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var in = process.outputWriter(UTF_8)) {
        in.write(input);
      }
      String line = String.join(" ", command);
      if (!process.waitFor(20, TimeUnit.SECONDS)) { // the pipe holds what it prints
        process.destroyForcibly();
        throw new IllegalStateException(line + " does not end");
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(line + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
