package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.Peers.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many threads send on one channel at once, over real sockets. */
class MultiThreadedSendTest {
  private static final int THREADS = 8;
  private static final int MESSAGES = 500;

  @Test
  void keepsTheOrderOfEachThreadAndLosesNothing() throws InterruptedException {
    try (PeerConnectionFactory factory =
            PeerConnectionFactory.builder().loops(2).loopbackOnly().build();
        Peers peers = new Peers(factory, RTCConfiguration.DEFAULT)) {
      peers.trickle();
      RTCDataChannel sender = peers.a.createDataChannel("crowded");
      peers.negotiate();
      await(sender.opened());
      BlockingQueue<ByteBuffer> received = new LinkedBlockingQueue<>();
      peers.takeIncoming().onMessage(message -> received.add(ByteBuffer.wrap(message.bytes())));
      CompletableFuture<?>[] threads = sendFromManyThreads(sender);
      List<List<Integer>> numbers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        numbers.add(new ArrayList<>());
      }
      for (int i = 0; i < THREADS * MESSAGES; i++) {
        ByteBuffer message = received.poll(Peers.LIMIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("message " + i + " did not come; " + peers.describe());
        }
        numbers.get(message.getInt()).add(message.getInt());
      }
      await(CompletableFuture.allOf(threads));
      assertThat(numbers)
          .allSatisfy(
              each -> assertThat(each).hasSize(MESSAGES).isSorted().doesNotHaveDuplicates());
      assertThat(received).isEmpty();
    }
  }

  private static CompletableFuture<?>[] sendFromManyThreads(RTCDataChannel sender) {
    CountDownLatch together = new CountDownLatch(THREADS);
    CompletableFuture<?>[] threads = new CompletableFuture<?>[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads[i] =
          CompletableFuture.runAsync(
              () -> sendNumbered(sender, number, together), task -> new Thread(task).start());
    }
    return threads;
  }

  private static void sendNumbered(RTCDataChannel sender, int thread, CountDownLatch together) {
    together.countDown();
    try {
      together.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < MESSAGES; i++) {
      sender.send(ByteBuffer.allocate(8 + 97 * (i % 20)).putInt(thread).putInt(i).rewind());
    }
  }
}
