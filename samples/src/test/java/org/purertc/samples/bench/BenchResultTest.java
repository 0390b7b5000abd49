package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** How results are shown: the table and the plot. */
class BenchResultTest {

  private static ObjectNode pingPong(String placement, double... micros) {
    ObjectNode result = BenchOutput.result(BenchCase.PINGPONG).put("size", 64);
    return BenchOutput.distribution(result, "us", micros)
        .put("placement", placement)
        .put("callbacks", "loop");
  }

  private static Document read(BenchPlot plot) throws Exception {
    byte[] svg = plot.svg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  @Test
  void percentilesAreValuesThatWereMeasured() {
    ObjectNode result = pingPong("one-loop", 5, 1, 4, 2, 3);
    assertThat(result.path("p50").asDouble()).isEqualTo(3);
    assertThat(result.path("p99").asDouble()).isEqualTo(5);
    assertThat(result.path("min").asDouble()).isEqualTo(1);
  }

  @Test
  void theSameThingAtTwoPlacesHasOneHeading() {
    BenchTable table = new BenchTable();
    String first = table.add(pingPong("one-loop", 1, 2, 3));
    String second = table.add(pingPong("two-loops", 4, 5, 6));
    assertThat(first.lines()).hasSize(3).first().asString().contains("pingpong, 64 B, us");
    assertThat(second.lines()).singleElement().asString().startsWith("two-loops").contains("5.00");
  }

  @Test
  void severalRunsShowTheirLeastAndLargest() {
    ObjectNode result =
        Medians.of(List.of(pingPong("one-loop", 1), pingPong("one-loop", 2), pingPong("", 4)));
    assertThat(new BenchTable().add(result)).contains("2.00 (1.00–4.00)");
  }

  @Test
  void aColdStartTellsTheMedianStartOfItsJvms() {
    List<ObjectNode> starts =
        List.of(
            BenchOutput.result(BenchCase.CONNECT).put("firstMs", 500.0).put("jvmStartMs", 90),
            BenchOutput.result(BenchCase.CONNECT).put("firstMs", 400.0).put("jvmStartMs", 100),
            BenchOutput.result(BenchCase.CONNECT).put("firstMs", 600.0).put("jvmStartMs", 110));
    ObjectNode result = ColdStart.distribution(starts);
    assertThat(result.path("p50").asDouble()).isEqualTo(500);
    assertThat(result.path("jvmStartMs").asInt()).isEqualTo(100);
  }

  @Test
  void thePlotHasABarForEachFigureAndPlaceAndACurveForEachPlace() throws Exception {
    BenchPlot plot = new BenchPlot();
    plot.add(pingPong("one-loop", 1, 2, 3));
    plot.add(pingPong("two-loops", 4, 5, 6));
    Document svg = read(plot);
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2 * 2);
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
  }

  @Test
  void aPlotOfNothingIsAnEmptyPicture() throws Exception {
    assertThat(read(new BenchPlot()).getElementsByTagName("rect").getLength()).isZero();
  }

  @Test
  void aPlotOfZerosIsDrawn() throws Exception {
    BenchPlot plot = new BenchPlot();
    plot.add(pingPong("one-loop", 0, 0));
    assertThat(plot.svg()).doesNotContain("NaN").doesNotContain("Infinity");
  }
}
