package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;

/** {@code bench --role …} in a JVM of its own, which ends when its standard input does. */
final class ChildProcess implements AutoCloseable {
  private static final long END_SECONDS = 2;

  private final Process process;
  private final BufferedReader lines;
  private final Writer input;

  private ChildProcess(Process process) {
    this.process = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** The same JVM and options as here, with these arguments of {@code bench}. */
  static ChildProcess start(List<String> arguments) throws IOException {
    return start(jvmOptions(), arguments);
  }

  /** The same with the smallest collector, where no other is asked for. */
  static ChildProcess startSmall(List<String> arguments) throws IOException {
    List<String> options = jvmOptions();
    if (options.stream().noneMatch(it -> it.matches("-XX:\\+Use\\w+GC"))) {
      options.add("-XX:+UseSerialGC");
    }
    return start(options, arguments);
  }

  private static List<String> jvmOptions() {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-agent") && !option.startsWith("-javaagent")) {
        options.add(option);
      }
    }
    return options;
  }

  private static ChildProcess start(List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BenchCommand.class.getName());
    command.addAll(arguments);
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The next object that it prints, null at the end. */
  @Nullable JsonNode next() throws IOException {
    String line = lines.readLine();
    try {
      return line == null ? null : SignalingFormat.parse(line);
    } catch (SignalingException e) {
      throw new IOException("the other process printed what is " + e.getMessage(), e);
    }
  }

  synchronized void send(String line) throws IOException {
    input.write(line);
    input.write('\n');
    input.flush();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException goneAlready) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
