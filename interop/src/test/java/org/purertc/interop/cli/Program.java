package org.purertc.interop.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.purertc.interop.network.NetworkNamespace;

/** One run of the command line, in a JVM of its own. */
public final class Program implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;
  private static final long POLL_MS = 50;
  private static final Path STATE = Path.of("target", "state").toAbsolutePath();

  private final Process process;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private Consumer<String> forward = line -> {};
  private volatile boolean ended;

  private Program(ProcessBuilder builder) {
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    readers.add(reader(process.getInputStream(), this::onOut));
    readers.add(reader(process.getErrorStream(), err::add));
  }

  /** Starts {@code purertc} with these arguments and 64 MiB of heap. */
  public static Program purertc(String... arguments) {
    return start(command(arguments));
  }

  /** The same inside a network namespace. */
  public static Program purertc(NetworkNamespace network, String... arguments) {
    return start(network.command(command(arguments)));
  }

  private static List<String> command(String... arguments) {
    return java(64, "org.purertc.samples.cli.PureRtc", arguments);
  }

  /** The command that runs a class of this class path in a JVM of its own. */
  public static List<String> java(int heapMb, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The second compiler does not pay before the program ends: half of the processor time without.
    command.addAll(List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  private static Program start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    // The links of unfinished transfers; not among those of whoever runs the tests.
    builder.environment().put("XDG_STATE_HOME", STATE.toString());
    return new Program(builder);
  }

  /** Starts any other program. */
  public static Program of(List<String> command) {
    return new Program(new ProcessBuilder(command));
  }

  private synchronized void onOut(String line) {
    out.add(line);
    unread.add(line);
    forward.accept(line);
  }

  /** Types each line of stdout, also the earlier ones, into another program. */
  public void pipeTo(Program other) {
    pipeTo(other::pass);
  }

  /** Hands over each line of stdout, also the earlier ones. */
  public synchronized void pipeTo(Consumer<String> reader) {
    out.forEach(reader);
    forward = reader;
  }

  private void pass(String line) {
    try {
      if (!ended) {
        write(line);
      }
    } catch (IOException e) {
      ended = true; // it reads no more
    }
  }

  private static Thread reader(InputStream in, Consumer<String> each) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  each.accept(line);
                }
              } catch (IOException e) {
                each.accept("(stream ended: " + e.getMessage() + ")");
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for the next line of stdout that matches; lines before it are passed over. */
  public Matcher await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      while (true) {
        boolean over = readers.stream().noneMatch(Thread::isAlive);
        String line = unread.poll(POLL_MS, TimeUnit.MILLISECONDS);
        if (line == null && !over && System.nanoTime() < end) {
          continue;
        }
        if (line == null) {
          throw new AssertionError("no line like " + regex + "; " + this);
        }
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return matcher;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Writes a line to stdin. */
  public void type(String line) {
    try {
      write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String line) throws IOException {
    BufferedWriter writer = process.outputWriter(StandardCharsets.UTF_8);
    synchronized (writer) {
      writer.write(line);
      writer.write('\n');
      writer.flush();
    }
  }

  /** Ends stdin. */
  public void endInput() {
    try {
      process.outputWriter(StandardCharsets.UTF_8).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end and gives the exit code. */
  public int exitCode() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running; " + this);
      }
      for (Thread reader : readers) {
        reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  public List<String> out() {
    return out;
  }

  public List<String> err() {
    return err;
  }

  /** Asks the process to end, as Ctrl-C does. */
  public void interrupt() {
    process.destroy();
  }

  /** Ends the process as a lost machine would: at once. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Ends the process as a lost machine would, in a while. */
  public void killAfter(long ms) {
    staysFor(ms);
    kill();
  }

  /** Lets it go on for a while, in which it must not end. */
  public void staysFor(long ms) {
    try {
      if (process.waitFor(ms, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended by itself; " + this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public String toString() {
    return "stdout " + out + ", stderr " + err;
  }
}
