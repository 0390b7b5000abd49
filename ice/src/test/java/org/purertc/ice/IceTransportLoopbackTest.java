package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.EventLoop;
import org.purertc.ice.io.NioNetwork;

/** The agent over real sockets, between two loops, on loopback. */
class IceTransportLoopbackTest {

  private static final int PATIENCE_S = 20;
  private static final int PAIRS = 20;

  private final IceTransports transports =
      new IceTransports(
          new NioNetwork(), IceConfig.DEFAULT, Addresses.ONLY_LOOPBACK, new SecureRandom());

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  private static void run(EventLoop loop, Runnable task) {
    await(CompletableFuture.runAsync(task, loop));
  }

  private TransportEnd open(EventLoop loop) {
    loop.acquire();
    return new TransportEnd(loop, transports);
  }

  private static void close(EventLoop loop, TransportEnd end) {
    run(loop, end.transport::close);
    loop.release();
  }

  private void connectTalkAndClose(EventLoop left, EventLoop right) {
    TransportEnd a = open(left);
    TransportEnd b = open(right);
    left.execute(() -> a.begin(IceRole.CONTROLLING, b));
    right.execute(() -> b.begin(IceRole.CONTROLLED, a));
    await(a.connected);
    await(b.connected);
    left.execute(() -> a.send("from a"));
    right.execute(() -> b.send("from b"));
    assertThat(await(b.text)).isEqualTo("from a");
    assertThat(await(a.text)).isEqualTo("from b");
    close(left, a);
    close(right, b);
  }

  @Test
  void connectsExchangesDatagramsAndGivesThreadsAndDescriptorsBack() {
    var left = new EventLoop("ice-left", Duration.ZERO);
    var right = new EventLoop("ice-right", Duration.ZERO);
    connectTalkAndClose(left, right);
    awaitEnd("ice-left");
    awaitEnd("ice-right");
    long descriptors = openDescriptors();
    for (int i = 0; i < PAIRS; i++) {
      connectTalkAndClose(left, right);
    }
    awaitEnd("ice-left");
    awaitEnd("ice-right");
    // Each pair has at least two sockets; the JVM itself may open a file now and then.
    assertThat(openDescriptors()).isLessThan(descriptors + PAIRS);
    assertThat(left.load() + right.load()).isZero();
  }

  @Test
  void manyPairsLiveOnOneLoop() {
    var loop = new EventLoop("ice-many", Duration.ZERO);
    List<TransportEnd> ends = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      TransportEnd a = open(loop);
      TransportEnd b = open(loop);
      loop.execute(() -> a.begin(IceRole.CONTROLLING, b));
      loop.execute(() -> b.begin(IceRole.CONTROLLED, a));
      ends.add(a);
      ends.add(b);
    }
    ends.forEach(end -> await(end.connected));
    assertThat(loop.load()).isEqualTo(2 * PAIRS);
    ends.forEach(end -> close(loop, end));
    awaitEnd("ice-many");
  }

  private static void awaitEnd(String name) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        try {
          thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as(name).isFalse();
      }
    }
  }

  /** Where the system counts them; elsewhere the sockets are not counted here. */
  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
