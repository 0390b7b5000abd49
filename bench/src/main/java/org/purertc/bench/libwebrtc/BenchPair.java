package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Two libwebrtc peers of one process, each the other's signalling. */
record BenchPair(BenchEnd offerer, BenchEnd answerer, @Nullable Traffic traffic)
    implements AutoCloseable {

  /** A pair that begins to connect. */
  static BenchPair start(LibWebRtcFactory factory, @Nullable Traffic traffic) {
    CompletableFuture<BenchEnd> first = new CompletableFuture<>();
    BenchEnd answerer =
        BenchEnd.answerer(factory, message -> first.join().receive(message), traffic);
    BenchEnd offerer = BenchEnd.offerer(factory, answerer::receive, traffic);
    first.complete(offerer);
    offerer.offerIfOfferer();
    return new BenchPair(offerer, answerer, traffic);
  }

  /** Waits until the channel is open on both sides. */
  BenchPair awaitOpen() {
    offerer.awaitOpen();
    answerer.awaitOpen();
    return this;
  }

  /** Runs the traffic; the result of the end that has it. */
  ObjectNode measure() throws Exception {
    ObjectNode atOfferer = offerer.run();
    ObjectNode result = atOfferer == null ? answerer.run() : atOfferer;
    if (result == null) {
      throw new IllegalStateException("no end has a result");
    }
    return result;
  }

  @Override
  public void close() {
    offerer.close();
    answerer.close();
  }
}
