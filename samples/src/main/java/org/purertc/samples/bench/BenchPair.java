package org.purertc.samples.bench;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCDataChannel;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/** Two peers of one process, each the other's signalling. */
final class BenchPair implements AutoCloseable {
  private static final long CONNECT_LIMIT_SECONDS = 30;

  private final BenchPeer offerer;
  private final BenchPeer answerer;

  private BenchPair(BenchPeer offerer, BenchPeer answerer) {
    this.offerer = offerer;
    this.answerer = answerer;
  }

  /** A pair whose channel is open on both sides. */
  static BenchPair connect(
      PeerConnectionFactory factory,
      Consumer<RTCDataChannel> atOfferer,
      Consumer<RTCDataChannel> atAnswerer) {
    AtomicReference<BenchPeer> first = new AtomicReference<>();
    BenchPeer answerer =
        BenchPeer.answerer(factory, message -> deliver(first, message), atAnswerer);
    BenchPeer offerer = BenchPeer.offerer(factory, answerer::receive, atOfferer);
    first.set(offerer);
    offerer.offer();
    BenchPair pair = new BenchPair(offerer, answerer);
    pair.awaitOpen();
    return pair;
  }

  private static void deliver(AtomicReference<BenchPeer> to, SignalingMessage message) {
    BenchPeer peer = to.get();
    // The answerer speaks only after the offerer's offer, which comes later than the reference.
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
  }
}
