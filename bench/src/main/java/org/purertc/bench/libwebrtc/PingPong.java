package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The case {@code pingpong}: one message there and back at a time. */
final class PingPong implements Traffic {
  private static final int UNMEASURED = 200;

  private final int sizeBytes;
  private final int count;
  private final Semaphore back = new Semaphore(0);

  PingPong(int sizeBytes, int count) {
    this.sizeBytes = sizeBytes;
    this.count = count;
  }

  @Override
  public ObjectNode offer(RTCDataChannel channel) throws Exception {
    ByteBuffer message = ByteBuffer.allocateDirect(sizeBytes);
    double[] micros = new double[count];
    for (int i = -UNMEASURED; i < count; i++) {
      long startNs = System.nanoTime();
      message.clear();
      channel.send(new RTCDataChannelBuffer(message, true));
      back.acquire();
      if (i >= 0) {
        micros[i] = (System.nanoTime() - startNs) / 1e3;
      }
    }
    return BenchLines.distribution(
        BenchLines.result("pingpong").put("size", sizeBytes), "us", micros);
  }

  /** Echoes until the harness ends this process. */
  @Override
  public @Nullable ObjectNode answer() throws InterruptedException {
    new CountDownLatch(1).await();
    return null;
  }

  @Override
  public void onMessageAtOfferer(RTCDataChannelBuffer message) {
    back.release();
  }

  @Override
  public void onMessageAtAnswerer(RTCDataChannel channel, RTCDataChannelBuffer message) {
    byte[] copy = new byte[message.data.remaining()];
    message.data.get(copy);
    try {
      channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(copy), true));
    } catch (Exception e) {
      throw new IllegalStateException("the echo was not sent", e);
    }
  }

  @Override
  public void onBufferedAmountChange() {}
}
