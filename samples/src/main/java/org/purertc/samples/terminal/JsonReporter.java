package org.purertc.samples.terminal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/** One JSON object a line, for programs. */
final class JsonReporter implements Reporter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PROGRESS_INTERVAL_NS = 200_000_000L;

  private final PrintWriter out;
  private Rate rate = new Rate(System.nanoTime());
  private String title = "";
  private long totalBytes;
  private long lastProgressNs;

  JsonReporter(PrintWriter out) {
    this.out = out;
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

  @Override
  public void onOffer(Manifest manifest) {
    title = manifest.title();
    totalBytes = Math.max(0, manifest.bytes());
  }

  @Override
  public void onStart(long alreadyBytes) {
    rate = new Rate(System.nanoTime());
    print(event("start").put("name", title).put("size", totalBytes));
  }

  @Override
  public void onProgress(long bytes) {
    long nowNs = System.nanoTime();
    if (nowNs - lastProgressNs < PROGRESS_INTERVAL_NS && bytes < totalBytes) {
      return;
    }
    lastProgressNs = nowNs;
    print(
        event("progress")
            .put("bytes", bytes)
            .put("size", totalBytes)
            .put("MBps", rate.megabytesPerSecond(bytes, nowNs))
            .put("secondsLeft", rate.secondsLeft(bytes, totalBytes, nowNs)));
  }

  @Override
  public void done(TransferResult result) {
    long nowNs = System.nanoTime();
    print(
        event("done")
            .put("name", title)
            .put("bytes", totalBytes)
            .put("sha256", result.sha256())
            .put("seconds", rate.seconds(nowNs))
            .put("MBps", rate.megabytesPerSecond(totalBytes, nowNs)));
  }

  @Override
  public void failed(String reason) {
    print(event("error").put("reason", reason));
  }
}
