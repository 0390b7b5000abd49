package org.purertc.samples.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

class ReporterTest {
  private static final Manifest TREE =
      Manifest.of(
          List.of(
              Entry.directory("photos", 1),
              Entry.file("photos/a", 1_000_000, 1, false),
              Entry.file("photos/b", 2_000_000, 1, false),
              Entry.link("photos/c", "a")));

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private List<String> lines() {
    return text.toString().lines().toList();
  }

  private List<JsonNode> events() throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines()) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  /** Two connections: 1 MB on the first, the rest on the second. */
  private static void run(TransferReport report, Manifest manifest) {
    report.onOffer(manifest);
    report.onStart(0);
    report.onProgress(1_000_000);
    report.interrupted();
    report.onOffer(manifest);
    report.onStart(1_000_000);
    report.onProgress(3_000_000);
    report.done(new TransferResult(manifest, 1_000_000, ""), "direct over IPv4 (a to b)");
  }

  @Test
  void linesTellTheOfferOnceAndTheWholeTransferAtTheEnd() {
    run(new LineReporter(out, false).transfer(""), TREE);
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0)).isEqualTo("photos: 2 files, 1 directory, 1 link, 3.0 MB");
    assertThat(lines().get(1)).isEqualTo("goes on at 1.0 MB");
    assertThat(lines().get(2))
        .startsWith("photos: 2 files, 1 directory, 1 link, 3.0 MB in ")
        .endsWith("MB/s), direct over IPv4 (a to b), verified");
  }

  @Test
  void linesNameTheReceiverAmongSeveral() {
    TransferReport report = new LineReporter(out, false).transfer("receiver 2");
    report.onStart(0);
    report.done(new TransferResult(TREE, 0, ""), "direct");
    assertThat(lines()).last().asString().startsWith("receiver 2: ");
  }

  @Test
  void whatWasThereAlreadyIsSaidSo() {
    TransferReport report = new LineReporter(out, false).transfer("");
    report.onOffer(TREE);
    report.onStart(3_000_000);
    report.done(new TransferResult(TREE, 3_000_000, ""), "direct");
    assertThat(lines()).last().asString().endsWith("3.0 MB: there already (same size and time)");
  }

  @Test
  void theEndOfAResumedTransferTellsWhatMoved() {
    TransferReport report = new LineReporter(out, false).transfer("");
    report.onOffer(TREE);
    report.onStart(1_000_000);
    report.onProgress(3_000_000);
    report.done(new TransferResult(TREE, 1_000_000, ""), "direct");
    assertThat(lines()).last().asString().contains("3.0 MB, of which 2.0 MB moved in ");
  }

  @Test
  void aStreamHasItsSizeAtTheEnd() {
    Manifest stream = Manifest.of(List.of(Entry.file("log", Entry.UNKNOWN, 1, false)));
    TransferReport report = new LineReporter(out, false).transfer("");
    report.onOffer(stream);
    report.onStart(0);
    report.onProgress(5_000);
    report.done(new TransferResult(stream, 0, "abc"), "direct");
    assertThat(lines().get(0)).isEqualTo("log, a stream");
    assertThat(lines().get(1)).startsWith("log, 5.0 kB in ").endsWith("verified, SHA-256 abc");
  }

  @Test
  void stepsAreForThoseWhoAsk() {
    new LineReporter(out, false).stage("step");
    assertThat(lines()).isEmpty();
    new LineReporter(out, true).stage("step");
    assertThat(lines()).containsExactly("step");
  }

  @Test
  void jsonTellsTheSameToPrograms() throws Exception {
    JsonReporter reporter = new JsonReporter(out, false);
    run(reporter.transfer("receiver 1"), TREE);
    reporter.failed("disk full", 7);
    List<JsonNode> events = events();
    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly("offer", "start", "progress", "start", "progress", "done", "error");
    JsonNode offer = events.get(0);
    assertThat(offer.path("files").asInt()).isEqualTo(2);
    assertThat(offer.path("directories").asInt()).isEqualTo(1);
    assertThat(offer.path("links").asInt()).isEqualTo(1);
    assertThat(offer.path("size").asInt()).isEqualTo(3_000_000);
    assertThat(events.get(3).path("already").asInt()).isEqualTo(1_000_000);
    JsonNode done = events.get(5);
    assertThat(done.path("receiver").asText()).isEqualTo("receiver 1");
    assertThat(done.path("bytes").asInt()).isEqualTo(3_000_000);
    assertThat(done.path("path").asText()).isEqualTo("direct over IPv4 (a to b)");
    assertThat(events.get(6).path("exitCode").asInt()).isEqualTo(7);
  }

  @Test
  void aBarEndsBeforeALine() {
    BarReporter reporter = new BarReporter(out, false);
    run(reporter.transfer(""), TREE);
    assertThat(text.toString()).contains("photos").contains("\r");
    assertThat(lines()).last().asString().endsWith("verified");
  }
}
