package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/** One peer here and one in a child process. */
final class ProcessPair implements AutoCloseable {
  private final ChildProcess child;
  private final SignalPath path;
  private final BenchPeer here;

  /**
   * @param offers whether the peer here makes the offer; the child does what is left
   * @param attach called with the channel of this side before its first message
   */
  ProcessPair(
      BenchPlace place, ChildProcess child, boolean offers, Consumer<RTCDataChannel> attach) {
    this.child = child;
    AtomicReference<BenchPeer> local = new AtomicReference<>();
    Consumer<SignalingMessage> toHere = message -> deliver(local, message);
    Consumer<SignalingMessage> toChild = message -> send(child, message);
    path = SignalPath.open(place.network(), offers ? toHere : toChild, offers ? toChild : toHere);
    here =
        offers
            ? BenchPeer.offerer(place.peers(), path::fromOfferer, attach)
            : BenchPeer.answerer(place.peers(), path::fromAnswerer, attach);
    local.set(here);
    Thread reader = new Thread(() -> read(offers), "other process");
    reader.setDaemon(true);
    reader.start();
    if (offers) {
      here.offer();
    }
  }

  private static void deliver(AtomicReference<BenchPeer> to, SignalingMessage message) {
    BenchPeer peer = to.get();
    if (peer != null) {
      peer.receive(message);
    }
  }

  private static void send(ChildProcess child, SignalingMessage message) {
    try {
      child.send(SignalingFormat.write(message));
    } catch (IOException e) {
      throw new UncheckedIOException("the other process has ended", e);
    }
  }

  private void read(boolean hereOffers) {
    try {
      for (JsonNode node = child.next(); node != null; node = child.next()) {
        SignalingMessage message = SignalingFormat.read(node);
        if (message != null && hereOffers) {
          path.fromAnswerer(message);
        } else if (message != null) {
          path.fromOfferer(message);
        }
      }
    } catch (IOException | SignalingException e) {
      here.close();
    }
  }

  /** The open channel of this side. */
  RTCDataChannel channel() {
    try {
      return here.channel().orTimeout(BenchPair.CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      String reason = here.failureReason();
      throw new CommandFailure(
          "the processes did not connect: " + (reason == null ? e.getCause() : reason));
    }
  }

  @Override
  public void close() {
    here.close();
    child.close();
    try {
      path.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
