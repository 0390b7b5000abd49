package org.purertc.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/** Two peers of one process, each the other's signalling. */
final class BenchPair implements AutoCloseable {
  static final long CONNECT_LIMIT_SECONDS = 30;

  private final BenchPeer offerer;
  private final BenchPeer answerer;
  private final SignalPath path;

  private BenchPair(BenchPeer offerer, BenchPeer answerer, SignalPath path) {
    this.offerer = offerer;
    this.answerer = answerer;
    this.path = path;
  }

  /** A pair whose channel is open on both sides. */
  static BenchPair connect(
      BenchPlace place, Consumer<RTCDataChannel> atOfferer, Consumer<RTCDataChannel> atAnswerer) {
    AtomicReference<BenchPeer> first = new AtomicReference<>();
    AtomicReference<BenchPeer> second = new AtomicReference<>();
    SignalPath path =
        SignalPath.open(
            place.network(), message -> deliver(first, message), it -> deliver(second, it));
    BenchPeer answerer = BenchPeer.answerer(place.peers(), path::fromAnswerer, atAnswerer);
    second.set(answerer);
    BenchPeer offerer = BenchPeer.offerer(place.peers(), path::fromOfferer, atOfferer);
    first.set(offerer);
    offerer.offer();
    BenchPair pair = new BenchPair(offerer, answerer, path);
    pair.awaitOpen();
    return pair;
  }

  private static void deliver(AtomicReference<BenchPeer> to, SignalingMessage message) {
    BenchPeer peer = to.get();
    // Nobody speaks before the offer, which comes later than both references.
    if (peer != null) {
      peer.receive(message);
    }
  }

  private void awaitOpen() {
    try {
      offerer.channel().orTimeout(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
      answerer.channel().orTimeout(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      String reason = offerer.failureReason();
      close();
      throw new CommandFailure(
          "the pair did not connect: " + (reason == null ? e.getCause() : reason));
    }
  }

  RTCDataChannel offererChannel() {
    return offerer.channel().join();
  }

  @Override
  public void close() {
    offerer.close();
    answerer.close();
    try {
      path.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
