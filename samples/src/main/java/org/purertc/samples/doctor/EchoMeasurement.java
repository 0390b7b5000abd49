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
import org.purertc.RTCPeerConnection;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.terminal.CommandFailure;

/** Connects with a server's own peer, which sends bytes back, and measures. */
final class EchoMeasurement {
  private static final ChannelMeasurement.Bounds BOUNDS =
      new ChannelMeasurement.Bounds(1_000_000_000L, 2_000_000_000L, Long.MAX_VALUE);

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
      return new ChannelMeasurement(peer, channel, limitMs).run(BOUNDS);
    }
  }

  private static void deliver(SignalingMessage message, CompletableFuture<Negotiator> to) {
    var unused = to.thenAccept(negotiator -> negotiator.receive(message));
  }
}
