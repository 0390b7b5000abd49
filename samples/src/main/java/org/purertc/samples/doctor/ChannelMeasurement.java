package org.purertc.samples.doctor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;
import org.purertc.samples.doctor.Observation.Bandwidth;

/** Sends messages on an open channel whose other side sends them back, and counts. */
final class ChannelMeasurement {
  private static final int MESSAGE_BYTES = 16 << 10;

  /** So much is under way: enough for 80 Mbit/s over 100 ms. */
  private static final int WINDOW_MESSAGES = 64;

  private static final int PINGS = 5;

  private final RTCPeerConnection peer;
  private final RTCDataChannel channel;
  private final long limitMs;

  /**
   * How much is sent: it ends with whatever comes first.
   *
   * @param warmUpNs in which both sides get going; does not count
   * @param maxBytes that come back and count
   */
  record Bounds(long warmUpNs, long measureNs, long maxBytes) {}

  /**
   * @param limitMs how long one message is waited for
   */
  ChannelMeasurement(RTCPeerConnection peer, RTCDataChannel channel, long limitMs) {
    this.peer = peer;
    this.channel = channel;
    this.limitMs = limitMs;
  }

  Bandwidth run(Bounds bounds) throws InterruptedException, ExecutionException, TimeoutException {
    double roundTripMs = roundTripMs();
    return bandwidth(bitsPerSecond(bounds), roundTripMs);
  }

  /** The least of some: what the path takes, without what else this machine does. */
  private double roundTripMs() throws InterruptedException, ExecutionException, TimeoutException {
    long leastNs = Long.MAX_VALUE;
    for (int i = 0; i < PINGS; i++) {
      CompletableFuture<RTCMessage> back = new CompletableFuture<>();
      channel.onMessage(back::complete);
      long startNs = System.nanoTime();
      channel.send("ping " + i);
      back.get(limitMs, TimeUnit.MILLISECONDS);
      leastNs = Math.min(leastNs, System.nanoTime() - startNs);
    }
    return leastNs / 1e6;
  }

  /** Each message that comes back lets the next one out. */
  private long bitsPerSecond(Bounds bounds)
      throws InterruptedException, ExecutionException, TimeoutException {
    Counter counter = new Counter(channel, bounds);
    channel.onMessage(counter::onMessage);
    counter.start();
    return counter.result.get(
        3 * limitMs + (bounds.warmUpNs + bounds.measureNs) / 1_000_000, TimeUnit.MILLISECONDS);
  }

  private static final class Counter {
    private final RTCDataChannel channel;
    private final Bounds bounds;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private final long startNs;
    private long bytes;

    Counter(RTCDataChannel channel, Bounds bounds) {
      this.channel = channel;
      this.bounds = bounds;
      startNs = System.nanoTime() + bounds.warmUpNs;
    }

    void start() {
      for (int i = 0; i < WINDOW_MESSAGES; i++) {
        channel.send(message);
      }
    }

    /** Called by one thread. */
    void onMessage(RTCMessage back) {
      long passedNs = System.nanoTime() - startNs;
      bytes += passedNs < 0 ? 0 : back.bytes().length;
      if (passedNs >= bounds.measureNs || bytes >= bounds.maxBytes) {
        result.complete(Math.round(8e9 * bytes / passedNs));
      } else {
        channel.send(message);
      }
    }
  }

  private Bandwidth bandwidth(long bitsPerSecond, double roundTripMs)
      throws InterruptedException, ExecutionException, TimeoutException {
    RTCStatsReport report = peer.getStats().get(limitMs, TimeUnit.MILLISECONDS);
    RTCStats pair = selectedPair(report);
    String local = pair == null ? null : pair.text("localCandidateId");
    String remote = pair == null ? null : pair.text("remoteCandidateId");
    return new Bandwidth(
        bitsPerSecond,
        roundTripMs,
        text(report, local, "candidateType") + " to " + text(report, remote, "candidateType"),
        text(report, local, "protocol"));
  }

  private static @Nullable RTCStats selectedPair(RTCStatsReport report) {
    for (RTCStats transport : report.ofType("transport")) {
      String id = transport.text("selectedCandidatePairId");
      if (id != null) {
        return report.get(id);
      }
    }
    return null;
  }

  private static String text(RTCStatsReport report, @Nullable String id, String member) {
    RTCStats candidate = id == null ? null : report.get(id);
    String text = candidate == null ? null : candidate.text(member);
    return text == null ? "unknown" : text;
  }
}
