package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop.LoopTimer;

class EventLoopTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void readsSocketsThenFiresTimersThenRunsTasksThenDrains() {
    try (var thread = new LoopThread("order")) {
      EventLoop loop = thread.loop;
      List<String> order = new ArrayList<>();
      List<Long> clocks = new ArrayList<>();
      var over = new CompletableFuture<Void>();
      Loop.Drain last =
          nowNs -> {
            order.add("drain");
            clocks.add(nowNs);
            over.complete(null);
          };
      var receiver =
          new Network.DatagramReceiver() {
            @Override
            public void onDatagram(
                byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
              order.add("socket");
              clocks.add(nowNs);
            }

            @Override
            public void onWritable(long nowNs) {}
          };
      var port = thread.call(() -> new NioNetwork().open(loop, LOOPBACK, receiver));
      // What a drain brings about belongs to the next turn: there all of it is ready at once.
      Loop.Drain prepare =
          nowNs -> {
            loop.execute(
                () -> {
                  order.add("task");
                  clocks.add(loop.nowNs());
                  loop.drainLater(last);
                });
            loop.timer(
                    firedNs -> {
                      order.add("timer");
                      clocks.add(firedNs);
                    })
                .set(nowNs);
            port.send(new byte[1], 0, 1, port.localAddress());
          };
      thread.run(() -> loop.drainLater(prepare));
      LoopThread.await(over);
      thread.run(port::close);
      assertThat(order).containsExactly("socket", "timer", "task", "drain");
      assertThat(clocks).containsOnly(clocks.get(0));
    }
  }

  @Test
  void runsTasksOfEachThreadInItsOrder() {
    int threads = 4;
    int each = 5_000;
    List<List<Integer>> seen = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    var all = new CountDownLatch(threads * each);
    try (var thread = new LoopThread("tasks")) {
      for (int t = 0; t < threads; t++) {
        List<Integer> mine = new ArrayList<>();
        seen.add(mine);
        senders.add(
            new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    int number = i;
                    thread.loop.execute(
                        () -> {
                          mine.add(number);
                          all.countDown();
                        });
                  }
                }));
      }
      senders.forEach(Thread::start);
      awaitLatch(all);
    }
    for (List<Integer> mine : seen) {
      assertThat(mine).hasSize(each).isSorted();
    }
    senders.forEach(LoopThread::awaitEnd);
  }

  @Test
  void goesOnAfterATaskATimerAndADrainThatThrow() {
    try (var thread = new LoopThread("survivor")) {
      Thread before = thread.call(Thread::currentThread);
      var fired = new CompletableFuture<Void>();
      thread.loop.execute(
          () -> {
            throw new AssertionError("on purpose: a task that throws");
          });
      thread.run(
          () -> {
            thread
                .loop
                .timer(
                    nowNs -> {
                      throw new IllegalStateException("on purpose: a timer that throws");
                    })
                .set(0);
            thread.loop.timer(nowNs -> fired.complete(null)).set(0);
            thread.loop.drainLater(
                nowNs -> {
                  throw new IllegalStateException("on purpose: a drain that throws");
                });
          });
      LoopThread.await(fired);
      assertThat(thread.call(Thread::currentThread)).isSameAs(before);
    }
  }

  @Test
  void callsADrainOnceInATurn() {
    try (var thread = new LoopThread("drain")) {
      List<Long> drains = new ArrayList<>();
      Loop.Drain drain = drains::add;
      CompletableFuture<List<Long>> oneTurnLater = new CompletableFuture<>();
      Loop.Drain look = nowNs -> oneTurnLater.complete(List.copyOf(drains));
      thread.run(
          () -> {
            for (int i = 0; i < 5; i++) {
              thread.loop.drainLater(drain);
            }
            thread.loop.drainLater(nowNs -> thread.loop.drainLater(look));
          });
      assertThat(LoopThread.await(oneTurnLater)).hasSize(1);
    }
  }

  @Test
  void drainsAgainInTheNextTurnWhenADrainAsks() {
    try (var thread = new LoopThread("drain-again")) {
      var third = new CompletableFuture<Integer>();
      AtomicReference<Loop.Drain> self = new AtomicReference<>();
      int[] calls = {0};
      self.set(
          nowNs -> {
            if (++calls[0] == 3) {
              third.complete(calls[0]);
            } else {
              thread.loop.drainLater(self.get());
            }
          });
      thread.run(() -> thread.loop.drainLater(self.get()));
      assertThat(LoopThread.await(third)).isEqualTo(3);
    }
  }

  @Test
  void firesTimersInOrderOfTheirDeadlinesAndNotBefore() {
    try (var thread = new LoopThread("timers")) {
      List<String> fired = new ArrayList<>();
      var last = new CompletableFuture<Long>();
      long setNs =
          thread.call(
              () -> {
                long nowNs = thread.loop.nowNs();
                thread
                    .loop
                    .timer(
                        firedNs -> {
                          fired.add("late");
                          last.complete(firedNs);
                        })
                    .set(nowNs + 20_000_000);
                thread.loop.timer(firedNs -> fired.add("early")).set(nowNs + 5_000_000);
                LoopTimer cancelled = thread.loop.timer(firedNs -> fired.add("cancelled"));
                cancelled.set(nowNs + 1_000_000);
                cancelled.cancel();
                return nowNs;
              });
      assertThat(LoopThread.await(last)).isGreaterThanOrEqualTo(setNs + 20_000_000);
      assertThat(fired).containsExactly("early", "late");
    }
  }

  @Test
  void aTimerThatIsAlwaysDueDoesNotStarveTasks() {
    try (var thread = new LoopThread("greedy")) {
      AtomicReference<LoopTimer> timer = new AtomicReference<>();
      thread.run(
          () -> {
            timer.set(thread.loop.timer(nowNs -> timer.get().set(0)));
            timer.get().set(0);
          });
      assertThat(thread.call(() -> "still here")).isEqualTo("still here");
      thread.run(() -> timer.get().cancel());
    }
  }

  @Test
  void clockStartsNearZeroAndNeverGoesBack() {
    try (var thread = new LoopThread("clock")) {
      long first = thread.call(thread.loop::nowNs);
      long second = thread.call(thread.loop::nowNs);
      assertThat(first).isNotNegative().isLessThan(LONG.toNanos());
      assertThat(second).isGreaterThanOrEqualTo(first);
    }
  }

  @Test
  void startsItsThreadWithTheFirstPeerAndEndsItAfterTheLast() {
    var loop = new EventLoop("life", Duration.ofMillis(1));
    loop.acquire();
    loop.acquire();
    Thread first = LoopThread.call(loop, Thread::currentThread);
    assertThat(first.isDaemon()).isFalse();
    assertThat(first.getName()).isEqualTo("life");
    loop.release();
    assertThat(loop.load()).isEqualTo(1);
    assertThat(LoopThread.call(loop, Thread::currentThread)).isSameAs(first);
    loop.release();
    LoopThread.awaitEnd(first);

    loop.acquire();
    Thread second = LoopThread.call(loop, Thread::currentThread);
    assertThat(second).isNotSameAs(first);
    loop.release();
    LoopThread.awaitEnd(second);
  }

  @Test
  void aNewPeerDuringTheLingerTimeKeepsTheThread() {
    var loop = new EventLoop("linger", LONG);
    loop.acquire();
    Thread first = LoopThread.call(loop, Thread::currentThread);
    loop.release();
    loop.acquire();
    assertThat(LoopThread.call(loop, Thread::currentThread)).isSameAs(first);
    loop.release();
    loop.close();
    LoopThread.awaitEnd(first);
  }

  @Test
  void closeWaitsForTheLastPeer() {
    var loop = new EventLoop("closing", LONG);
    loop.acquire();
    Thread thread = LoopThread.call(loop, Thread::currentThread);
    loop.close();
    assertThat(LoopThread.call(loop, Thread::currentThread)).isSameAs(thread);
    assertThatIllegalStateException().isThrownBy(loop::acquire).withMessageContaining("closed");
    loop.release();
    LoopThread.awaitEnd(thread);
  }

  @Test
  void runsATaskThatComesAfterTheEnd() {
    var loop = new EventLoop("late", LONG);
    loop.close();
    Thread thread = LoopThread.call(loop, Thread::currentThread);
    LoopThread.awaitEnd(thread);
  }

  @Test
  void losesNoTaskWhileItsThreadEndsAgainAndAgain() {
    var loop = new EventLoop("restless", Duration.ZERO);
    for (int i = 0; i < 2_000; i++) {
      assertThat(LoopThread.call(loop, () -> 1)).isEqualTo(1);
    }
  }

  @Test
  void losesNoTaskWhenManyPeersComeAndGoAtOnce() {
    var loop = new EventLoop("busy door", Duration.ZERO);
    int threads = 4;
    int each = 500;
    var ran = new CountDownLatch(threads * each);
    List<Thread> visitors = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      visitors.add(
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  loop.acquire();
                  loop.execute(ran::countDown);
                  loop.release();
                }
              }));
    }
    visitors.forEach(Thread::start);
    visitors.forEach(LoopThread::awaitEnd);
    awaitLatch(ran);
    assertThat(loop.load()).isZero();
    LoopThread.awaitEnd(LoopThread.call(loop, Thread::currentThread));
  }

  @Test
  void takesDeadlinesAtBothEndsOfTime() {
    try (var thread = new LoopThread("ends of time")) {
      var fired = new CompletableFuture<Void>();
      thread.run(
          () -> {
            thread.loop.timer(nowNs -> {}).set(Loop.NEVER - 1);
            thread.loop.timer(nowNs -> fired.complete(null)).set(Long.MIN_VALUE);
          });
      LoopThread.await(fired);
      assertThat(thread.call(() -> "still here")).isEqualTo("still here");
    }
  }

  @Test
  void refusesALingerTimeThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventLoop("odd", Duration.ofSeconds(-1)))
        .withMessageContaining("odd");
  }

  @Test
  void saysWhoCalledFromTheWrongThread() {
    try (var thread = new LoopThread("mine")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> thread.loop.drainLater(nowNs -> {}))
          .withMessageContaining("mine")
          .withMessageContaining(Thread.currentThread().getName())
          .withMessageContaining("execute()");
    }
  }

  @Test
  void anInterruptOfItsThreadChangesNothing() {
    try (var thread = new LoopThread("interrupted")) {
      CompletableFuture<Boolean> nextTurn = new CompletableFuture<>();
      thread.run(
          () -> {
            // Tasks may share a turn; a timer that is set by one comes in a later turn.
            thread.loop.timer(nowNs -> nextTurn.complete(Thread.interrupted())).set(0);
            Thread.currentThread().interrupt();
          });
      assertThat(LoopThread.await(nextTurn)).isFalse();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(LoopThread.PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
