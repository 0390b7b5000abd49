package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.PeerConnectionFactory;

/** That each case runs and tells what the harness reads; never how fast. */
class BenchRunTest {
  private static final BenchOptions SHORT =
      new BenchOptions(1_200, 10_000_000, 50_000_000, 3, 256 << 10);

  private final List<ObjectNode> lines = new CopyOnWriteArrayList<>();
  private PeerConnectionFactory factory;

  @BeforeEach
  void start() {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
  }

  @AfterEach
  void stop() {
    factory.close();
  }

  private ObjectNode run(String name) throws InterruptedException {
    return new BenchRun(factory, name, SHORT, new BenchOutput(lines::add)).both();
  }

  @Test
  void throughputMarksItsWindow() throws Exception {
    ObjectNode result = run("throughput");
    assertThat(result.path("msgs").asLong()).isPositive();
    assertThat(result.path("bytes").asLong()).isEqualTo(1_200 * result.path("msgs").asLong());
    assertThat(lines.stream().map(it -> it.path("name").asText())).containsExactly("start", "end");
  }

  @Test
  void pingPongAndConnectTellPercentiles() throws Exception {
    for (String name : List.of("pingpong", "connect")) {
      ObjectNode result = run(name);
      assertThat(result.path("n").asInt()).isEqualTo(3);
      assertThat(result.path("p50").asDouble())
          .isBetween(result.path("min").asDouble(), result.path("max").asDouble());
      assertThat(BenchTable.of(result)).contains("p99").doesNotContain("type");
    }
  }
}
