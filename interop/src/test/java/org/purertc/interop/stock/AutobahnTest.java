package org.purertc.interop.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.web.PageServer;

/**
 * The Autobahn test suite talks to an echo on the server of the pages and rooms, with their
 * settings but for the longest message (16 MiB in its cases).
 *
 * <p>Of compression there is the first case of each kind; the others repeat it a thousand times for
 * each size.
 *
 * <p>The suite is a program for Python 2.7, which distributions no longer have: {@code PYTHON2}
 * names the interpreter where it is not {@code python2.7}. Its pip fetches the suite.
 */
@Tag("interop")
@Tag("long")
class AutobahnTest {
  private static final String SUITE = "autobahntestsuite==25.10.1";
  private static final int CASES = 313;
  private static final int MAX_MESSAGE_BYTES = 32 << 20;
  private static final long LIMIT_MINUTES = 30;

  /** NON-STRICT: text that is not UTF-8 is refused at its end, where RFC 6455 allows sooner. */
  private static final Set<String> FINE = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

  @TempDir private Path directory;

  @Test
  void noCaseFails() throws Exception {
    String python = System.getenv().getOrDefault("PYTHON2", "python2.7");
    run(List.of(python, "-m", "pip", "install", "--user", "--no-warn-script-location", SUITE));
    try (PageServer server =
        PageServer.start(
            InetAddress.getLoopbackAddress(),
            0,
            routes -> routes.ws("/echo", AutobahnTest::echo))) {
      Path specification = Files.writeString(directory.resolve("spec.json"), specification(server));
      Path suite = directory.resolve("bin").resolve("wstest");
      run(List.of(python, suite.toString(), "-m", "fuzzingclient", "-s", specification.toString()));
    }
    Map<String, String> behaviours = behaviours();
    assertThat(behaviours).hasSize(2 * CASES);
    assertThat(behaviours).allSatisfy((id, behaviour) -> assertThat(FINE).contains(behaviour));
  }

  private static void echo(WsConfig socket) {
    socket.onConnect(
        context -> {
          context.session.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
          context.session.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
        });
    socket.onMessage(message -> message.send(message.message()));
    socket.onBinaryMessage(message -> message.send(message.data()));
  }

  private String specification(PageServer server) {
    return """
    {
      "outdir": "%s",
      "servers": [{ "agent": "PureRTC", "url": "ws://127.0.0.1:%d/echo" }],
      "cases": [
        "1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "9.*", "10.*",
        "12.1.1", "12.2.1", "12.3.1", "12.4.1", "12.5.1",
        "13.1.1", "13.2.1", "13.3.1", "13.4.1", "13.5.1", "13.6.1", "13.7.1"
      ],
      "exclude-cases": [],
      "exclude-agent-cases": {}
    }
    """
        .formatted(directory.resolve("reports"), server.port());
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path log = directory.resolve("log.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    // What is installed for the "user" comes and goes with the test.
    builder.environment().put("PYTHONUSERBASE", directory.toString());
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      assertThat(ended).as("%s ended", command).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Of each case: how the server answered, and how it closed. */
  private Map<String, String> behaviours() throws IOException {
    Path index = directory.resolve("reports").resolve("index.json");
    Map<String, String> behaviours = new TreeMap<>();
    JsonNode cases = new ObjectMapper().readTree(index.toFile()).get("PureRTC");
    cases
        .properties()
        .forEach(
            each -> {
              behaviours.put(each.getKey(), each.getValue().get("behavior").asText());
              behaviours.put(
                  each.getKey() + " closing", each.getValue().get("behaviorClose").asText());
            });
    return behaviours;
  }
}
