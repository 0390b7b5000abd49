package org.purertc.samples.terminal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.EntryKind;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/** One JSON object a line, for programs. */
final class JsonReporter implements Reporter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PROGRESS_INTERVAL_NS = 200_000_000L;

  private final PrintWriter out;
  private final boolean verbose;

  JsonReporter(PrintWriter out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  private synchronized void print(ObjectNode node) {
    out.println(node);
    out.flush();
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  @Override
  public void note(String event, String line, Map<String, ?> fields) {
    ObjectNode node = event(event);
    fields.forEach(node::putPOJO);
    print(node);
  }

  /** The link's event says it. */
  @Override
  public void offer(Manifest manifest) {}

  @Override
  public void stage(String line) {
    if (verbose) {
      print(event("stage").put("text", line));
    }
  }

  @Override
  public TransferReport transfer(String receiver) {
    return new Report(receiver);
  }

  @Override
  public void failed(String reason, int exitCode) {
    print(event("error").put("reason", reason).put("exitCode", exitCode));
  }

  /** One transfer. */
  private final class Report implements TransferReport {
    private final String receiver;
    private final Tally tally = new Tally();
    private long lastProgressNs;

    Report(String receiver) {
      this.receiver = receiver;
    }

    private ObjectNode own(String type) {
      ObjectNode node = event(type);
      return receiver.isEmpty() ? node : node.put("receiver", receiver);
    }

    @Override
    public void onOffer(Manifest manifest) {
      if (!tally.offered(manifest)) {
        return;
      }
      print(
          own("offer")
              .put("name", manifest.title())
              .put("files", manifest.files())
              .put("directories", Quantity.count(manifest, EntryKind.DIRECTORY))
              .put("links", Quantity.count(manifest, EntryKind.LINK))
              .put("size", tally.totalBytes()));
    }

    @Override
    public void onStart(long alreadyBytes) {
      tally.started(alreadyBytes, System.nanoTime());
      print(
          own("start")
              .put("name", tally.title())
              .put("size", tally.totalBytes())
              .put("already", alreadyBytes));
    }

    @Override
    public void onFile(Entry entry) {
      if (verbose) {
        print(own("file").put("path", entry.path()));
      }
    }

    @Override
    public void onProgress(long bytes) {
      tally.progress(bytes);
      long nowNs = System.nanoTime();
      if (nowNs - lastProgressNs < PROGRESS_INTERVAL_NS && bytes != tally.totalBytes()) {
        return;
      }
      lastProgressNs = nowNs;
      print(
          own("progress")
              .put("bytes", bytes)
              .put("size", tally.totalBytes())
              .put("MBps", tally.megabytesPerSecond(nowNs))
              .put("secondsLeft", tally.secondsLeft(nowNs)));
    }

    @Override
    public void done(TransferResult result, String path) {
      long nowNs = System.nanoTime();
      print(
          own("done")
              .put("name", tally.title())
              .put("bytes", Math.max(tally.totalBytes(), tally.bytes()))
              .put("already", tally.startBytes())
              .put("sha256", result.sha256())
              .put("seconds", tally.seconds(nowNs))
              .put("MBps", tally.megabytesPerSecond(nowNs))
              .put("path", path));
    }
  }
}
