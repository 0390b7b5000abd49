package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Semaphore;
import org.purertc.RTCDataChannel;

/** The case {@code pingpong}: one message there and back at a time. */
final class PingPong {
  private static final int UNMEASURED = 200;

  private PingPong() {}

  static void echo(RTCDataChannel channel) {
    channel.onMessage(message -> channel.send(message.bytes()));
  }

  static ObjectNode measure(RTCDataChannel channel, BenchOptions options)
      throws InterruptedException {
    Semaphore back = new Semaphore(0);
    channel.onMessage(message -> back.release());
    byte[] message = new byte[options.sizeBytes()];
    double[] micros = new double[options.count()];
    for (int i = -UNMEASURED; i < micros.length; i++) {
      long startNs = System.nanoTime();
      channel.send(message);
      back.acquire();
      if (i >= 0) {
        micros[i] = (System.nanoTime() - startNs) / 1e3;
      }
    }
    return BenchOutput.distribution(
        BenchOutput.result("pingpong").put("size", options.sizeBytes()), "us", micros);
  }
}
