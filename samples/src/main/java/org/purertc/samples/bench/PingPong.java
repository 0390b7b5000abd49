package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCMessage;

/**
 * The case {@code pingpong}: one message there and back at a time. The answer's handler sends the
 * next message, as a program driven by events would.
 */
final class PingPong {
  private final RTCDataChannel channel;
  private final BenchOptions options;
  private final BenchOutput output;
  private final byte[] message;
  private final double[] micros;
  private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();
  private int round;
  private long sentNs;

  private PingPong(RTCDataChannel channel, BenchOptions options, BenchOutput output) {
    this.channel = channel;
    this.options = options;
    this.output = output;
    message = new byte[options.sizeBytes()];
    micros = new double[options.rounds().count()];
    round = -options.rounds().unmeasured();
  }

  static void echo(RTCDataChannel channel) {
    channel.onMessage(message -> channel.send(message.bytes()));
  }

  /** Runs all rounds on an open channel. */
  static CompletableFuture<ObjectNode> measure(
      RTCDataChannel channel, BenchOptions options, BenchOutput output) {
    PingPong rounds = new PingPong(channel, options, output);
    channel.onMessage(rounds::back);
    channel.onClose(
        () -> rounds.result.completeExceptionally(new IllegalStateException("channel closed")));
    rounds.next();
    return rounds.result;
  }

  private void next() {
    if (round == 0) {
      output.start();
    }
    sentNs = System.nanoTime();
    channel.send(message);
  }

  private void back(RTCMessage unused) {
    if (round >= 0) {
      micros[round] = (System.nanoTime() - sentNs) / 1e3;
    }
    round++;
    if (round < micros.length) {
      try {
        next();
      } catch (RTCException closed) {
        result.completeExceptionally(closed);
      }
      return;
    }
    output.end();
    result.complete(
        BenchOutput.distribution(
            BenchOutput.result(BenchCase.PINGPONG).put("size", options.sizeBytes()), "us", micros));
  }
}
