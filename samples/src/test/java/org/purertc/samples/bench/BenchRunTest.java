package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That each case runs and tells what the harness reads; never how fast. */
class BenchRunTest {
  private static final BenchOptions SHORT =
      new BenchOptions(
          1_200,
          256 << 10,
          new BenchOptions.Window(10_000_000, 50_000_000),
          new BenchOptions.Rounds(2, 3));

  private final List<ObjectNode> lines = new CopyOnWriteArrayList<>();
  private PeerSource peers;

  @BeforeEach
  void start() {
    peers = new PeerSource(1, true, true);
  }

  @AfterEach
  void stop() {
    peers.close();
  }

  private ObjectNode run(BenchCase name) throws InterruptedException {
    return new BenchRun(new BenchPlace(peers, null), name, SHORT, new BenchOutput(lines::add))
        .both();
  }

  @Test
  void throughputMarksItsWindow() throws Exception {
    ObjectNode result = run(BenchCase.THROUGHPUT);
    assertThat(result.path("msgs").asLong()).isPositive();
    assertThat(result.path("bytes").asLong()).isEqualTo(1_200 * result.path("msgs").asLong());
    assertThat(lines.stream().map(it -> it.path("name").asText())).containsExactly("start", "end");
  }

  @Test
  void pingPongAndConnectTellPercentiles() throws Exception {
    for (BenchCase name : List.of(BenchCase.PINGPONG, BenchCase.CONNECT)) {
      ObjectNode result = run(name);
      assertThat(result.path("n").asInt()).isEqualTo(3);
      assertThat(result.path("p50").asDouble())
          .isBetween(result.path("min").asDouble(), result.path("max").asDouble());
      assertThat(new BenchTable().add(result)).contains("p99");
    }
  }
}
