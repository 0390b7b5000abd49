package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The case {@code pingpong}: one message there and back at a time, the next one sent by the handler
 * of the answer, as our own driver does.
 */
final class PingPong implements Traffic {
  private final ByteBuffer message;
  private final double[] micros;
  private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();
  private @Nullable RTCDataChannel channel;
  private int round;
  private long sentNs;

  PingPong(int sizeBytes, int unmeasured, int count) {
    round = -unmeasured;
    message = ByteBuffer.allocateDirect(sizeBytes);
    micros = new double[count];
  }

  @Override
  public ObjectNode offer(RTCDataChannel open) throws Exception {
    channel = open;
    next(open);
    return result.get();
  }

  private void next(RTCDataChannel to) {
    message.clear();
    sentNs = System.nanoTime();
    send(to, message);
  }

  private static void send(RTCDataChannel to, ByteBuffer data) {
    try {
      to.send(new RTCDataChannelBuffer(data, true));
    } catch (Exception e) {
      throw new IllegalStateException("a message was not sent", e);
    }
  }

  @Override
  public void onMessageAtOfferer(RTCDataChannelBuffer answer) {
    long nowNs = System.nanoTime();
    if (round >= 0) {
      micros[round] = (nowNs - sentNs) / 1e3;
    }
    round++;
    if (round < micros.length) {
      next(Objects.requireNonNull(channel));
    } else {
      ObjectNode figures = BenchLines.result("pingpong").put("size", message.capacity());
      result.complete(BenchLines.distribution(figures, "us", micros));
    }
  }

  /** Echoes until the harness ends this process. */
  @Override
  public @Nullable ObjectNode answer() throws InterruptedException {
    new CountDownLatch(1).await();
    return null;
  }

  @Override
  public void onMessageAtAnswerer(RTCDataChannel from, RTCDataChannelBuffer received) {
    byte[] copy = new byte[received.data.remaining()];
    received.data.get(copy);
    send(from, ByteBuffer.wrap(copy));
  }

  @Override
  public void onBufferedAmountChange() {}
}
