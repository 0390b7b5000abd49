package org.purertc.samples.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.terminal.CommandFailure;

/** Sends bytes to a peer that sends them back, for a while, and counts. */
final class EchoMeasurement {
  private static final int MESSAGE_BYTES = 16 << 10;

  /** So much is under way: enough for 80 Mbit/s over 100 ms. */
  private static final int WINDOW_MESSAGES = 64;

  private static final int PINGS = 5;
  private static final long MEASURE_NS = 2_000_000_000L;

  /** In which both sides get going; does not count. */
  private static final long WARM_UP_NS = 1_000_000_000L;

  private final RTCPeerConnection peer;
  private final long limitMs;
  private final CompletableFuture<String> trouble = new CompletableFuture<>();

  private EchoMeasurement(RTCPeerConnection peer, long limitMs) {
    this.peer = peer;
    this.limitMs = limitMs;
  }

  /**
   * Measures with the peer at {@code uri}, a WebSocket; closes {@code peer} in the end.
   *
   * @throws CommandFailure says in one line why there is no figure
   */
  static Bandwidth run(URI uri, @Nullable SSLContext tls, RTCPeerConnection peer, long limitMs)
      throws InterruptedException {
    EchoMeasurement measurement = new EchoMeasurement(peer, limitMs);
    try (peer) {
      return measurement.run(uri, tls);
    } catch (SignalingUnavailableException e) {
      throw new CommandFailure(reason(e));
    } catch (RTCException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      throw new CommandFailure(measurement.trouble(e.getCause()));
    } catch (TimeoutException e) {
      throw new CommandFailure(measurement.trouble(null));
    }
  }

  private static String reason(SignalingUnavailableException thrown) {
    return switch (thrown.reason()) {
      case UNKNOWN_ADDRESS -> "the server has no peer of its own";
      case NOT_ALLOWED, REFUSED -> "the server's own peer refuses this visitor";
      case UNREACHABLE -> String.valueOf(thrown.getMessage());
    };
  }

  private String trouble(@Nullable Throwable cause) {
    String failure = peer.failureReason();
    if (failure != null) {
      return failure;
    }
    String told = cause == null ? null : cause.getMessage();
    return trouble.getNow(told == null ? "no answer over any path" : told);
  }

  private Bandwidth run(URI uri, @Nullable SSLContext tls)
      throws SignalingUnavailableException,
          InterruptedException,
          ExecutionException,
          TimeoutException {
    CompletableFuture<Negotiator> negotiator = new CompletableFuture<>();
    try (WebSocketSignaling signaling =
        WebSocketSignaling.open(
            uri,
            tls,
            Duration.ofMillis(limitMs),
            message -> deliver(message, negotiator),
            trouble::complete)) {
      RTCDataChannel channel = peer.createDataChannel("echo");
      Negotiator made =
          new Negotiator(peer, CandidateMode.TRICKLE, signaling::send, trouble::complete);
      negotiator.complete(made);
      made.offer();
      channel.opened().get(3 * limitMs, TimeUnit.MILLISECONDS);
      double roundTripMs = roundTripMs(channel);
      long bitsPerSecond = bitsPerSecond(channel);
      return bandwidth(bitsPerSecond, roundTripMs);
    }
  }

  private static void deliver(SignalingMessage message, CompletableFuture<Negotiator> to) {
    var unused = to.thenAccept(negotiator -> negotiator.receive(message));
  }

  /** The least of some: what the path takes, without what else this machine does. */
  private double roundTripMs(RTCDataChannel channel)
      throws InterruptedException, ExecutionException, TimeoutException {
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
  private long bitsPerSecond(RTCDataChannel channel)
      throws InterruptedException, ExecutionException, TimeoutException {
    Counter counter = new Counter(channel);
    channel.onMessage(counter::onMessage);
    counter.start();
    return counter.result.get(
        3 * limitMs + (WARM_UP_NS + MEASURE_NS) / 1_000_000, TimeUnit.MILLISECONDS);
  }

  private static final class Counter {
    private final RTCDataChannel channel;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private final long startNs = System.nanoTime() + WARM_UP_NS;
    private long bytes;

    Counter(RTCDataChannel channel) {
      this.channel = channel;
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
      if (passedNs >= MEASURE_NS) {
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
