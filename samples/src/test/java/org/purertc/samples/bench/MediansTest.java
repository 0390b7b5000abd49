package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  private static ObjectNode run(double rate) {
    ObjectNode run = BenchOutput.JSON.createObjectNode();
    run.put("case", "throughput").put("size", 64).put("MBps", rate);
    run.putArray("quantiles").addObject().put("q", 0.5).put("value", rate * 2);
    return run;
  }

  @Test
  void eachNumberIsTheMedianOfItsRuns() {
    ObjectNode result = Medians.of(List.of(run(3), run(9), run(1)));
    assertThat(result.path("MBps").asDouble()).isEqualTo(3);
    assertThat(result.path("quantiles").path(0).path("value").asDouble()).isEqualTo(6);
    assertThat(result.path("runs").asInt()).isEqualTo(3);
  }

  @Test
  void ofAnEvenNumberOfRunsTheLowerMiddleOneCounts() {
    ObjectNode result = Medians.of(List.of(run(4), run(1), run(3), run(2)));
    assertThat(result.path("MBps").asDouble()).isEqualTo(2);
  }

  @Test
  void theSpreadNamesWhatDiffers() {
    ObjectNode result = Medians.of(List.of(run(3), run(9), run(1)));
    assertThat(result.path("spread").toString()).isEqualTo("{\"MBps\":[1.0,9.0]}");
  }

  @Test
  void whatIsNoNumberStays() {
    ObjectNode result = Medians.of(List.of(run(3), run(9)));
    assertThat(result.path("case").asText()).isEqualTo("throughput");
  }
}
