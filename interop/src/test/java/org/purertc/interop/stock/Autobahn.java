package org.purertc.interop.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The Autobahn test suite, fetched by pip into a directory of the test.
 *
 * <p>It is a program for Python 2.7, which distributions no longer have: {@code PYTHON2} names the
 * interpreter where it is not {@code python2.7}.
 */
final class Autobahn {
  /** Who is tried, in its reports. */
  static final String AGENT = "PureRTC";

  private static final String SUITE = "autobahntestsuite==25.10.1";
  private static final long LIMIT_MINUTES = 30;

  private final Path directory;
  private final String python = System.getenv().getOrDefault("PYTHON2", "python2.7");

  Autobahn(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    run(start(python, "-m", "pip", "install", "--user", "--no-warn-script-location", SUITE));
  }

  /** Starts the suite in one of its modes, with a specification in JSON. */
  Process start(String mode, String specification) throws IOException {
    Path file = Files.writeString(directory.resolve("spec.json"), specification);
    String suite = directory.resolve("bin").resolve("wstest").toString();
    return start(python, suite, "-m", mode, "-s", file.toString(), "--webport", "0");
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log().toFile());
    // What is installed for the "user" comes and goes with the test.
    builder.environment().put("PYTHONUSERBASE", directory.toString());
    return builder.start();
  }

  private Path log() {
    return directory.resolve("log.txt");
  }

  /** Waits until a process has done its work. */
  void run(Process process) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("it ended").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log())).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where the suite is to write its reports. */
  Path reports() {
    return directory.resolve("reports");
  }

  /** Of each case: how the other end answered, and how it closed. */
  Map<String, String> behaviours() throws IOException {
    Path index = reports().resolve("index.json");
    Map<String, String> behaviours = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each :
        new ArrayList<>(new ObjectMapper().readTree(index.toFile()).get(AGENT).properties())) {
      behaviours.put(each.getKey(), each.getValue().get("behavior").asText());
      behaviours.put(each.getKey() + " closing", each.getValue().get("behaviorClose").asText());
    }
    return behaviours;
  }
}
