package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that looks at the addresses of this host, on addresses of our own. */
class AddressWatchTest {

  private static final long INTERVAL_NS = 2_000_000;

  private final LoopThread loop = new LoopThread("watcher");
  private final BlockingQueue<List<InetAddress>> told = new LinkedBlockingQueue<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Thread looking = Thread.currentThread();
  private volatile boolean unreadable;
  private volatile List<InetAddress> addresses = addresses(1);
  private final AddressWatch watch = new AddressWatch(this::read, INTERVAL_NS);

  private List<InetAddress> read() throws IOException {
    looking = Thread.currentThread();
    looks.incrementAndGet();
    if (unreadable) {
      throw new IOException("on purpose");
    }
    return addresses;
  }

  private static List<InetAddress> addresses(int... last) {
    List<InetAddress> all = new ArrayList<>();
    try {
      for (int each : last) {
        all.add(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) each}));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private Network.Watch add(Consumer<List<InetAddress>> listener) {
    return watch.add(loop.loop, addresses(1), listener);
  }

  private void awaitLooks(int more) throws InterruptedException {
    int enough = looks.get() + more;
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LoopThread.PATIENCE_S);
    while (looks.get() < enough && System.nanoTime() < endNs) {
      TimeUnit.NANOSECONDS.sleep(INTERVAL_NS);
    }
    assertThat(looks.get()).isGreaterThanOrEqualTo(enough);
  }

  private List<InetAddress> nextTold() throws InterruptedException {
    return told.poll(LoopThread.PATIENCE_S, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    watch.close();
    loop.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals(AddressWatch.THREAD_NAME))
        .allSatisfy(LoopThread::awaitEnd);
  }

  @Test
  void tellsAChangeOnTheLoopOfTheListener() throws InterruptedException {
    List<Boolean> inLoop = new ArrayList<>();
    add(
        now -> {
          inLoop.add(loop.loop.inLoop());
          told.add(now);
        });
    awaitLooks(3);
    assertThat(told).isEmpty();
    addresses = addresses(1, 2);
    assertThat(nextTold()).isEqualTo(addresses(1, 2));
    assertThat(inLoop).contains(true).doesNotContain(false);
  }

  @Test
  void whatChangedBeforeTheFirstLookIsAChangeToo() throws InterruptedException {
    addresses = addresses(9);
    add(told::add);
    assertThat(nextTold()).isEqualTo(addresses(9));
  }

  @Test
  void aNewAddressIsToldTwiceMoreAndThenNoMore() throws InterruptedException {
    add(told::add);
    addresses = addresses(1, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(nextTold()).isEqualTo(addresses(1, 2));
    }
    awaitLooks(5);
    assertThat(told).isEmpty();
  }

  @Test
  void oneThreadServesAllListeners() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      add(told::add);
    }
    addresses = addresses();
    for (int i = 0; i < 300; i++) {
      assertThat(nextTold()).isEmpty();
    }
    assertThat(looking.getName()).isEqualTo(AddressWatch.THREAD_NAME);
    assertThat(looking.isDaemon()).isTrue();
  }

  @Test
  void aListenerThatHasLeftHearsNothing() throws InterruptedException {
    Network.Watch left = add(told::add);
    add(now -> {});
    loop.run(left::close);
    addresses = addresses(3);
    awaitLooks(5);
    loop.run(() -> {});
    assertThat(told).isEmpty();
  }

  @Test
  void theThreadEndsAfterTheLastListenerAndComesAgainWithTheNext() throws InterruptedException {
    Network.Watch only = add(told::add);
    awaitLooks(1);
    Thread first = looking;
    loop.run(only::close);
    LoopThread.awaitEnd(first);
    int before = looks.get();
    add(told::add);
    addresses = addresses(4);
    assertThat(nextTold()).isEqualTo(addresses(4));
    assertThat(looks.get()).isGreaterThan(before);
    assertThat(looking).isNotSameAs(first);
  }

  @Test
  void addressesThatCannotBeReadHaveNotChanged() throws InterruptedException {
    add(told::add);
    unreadable = true;
    awaitLooks(3);
    assertThat(told).isEmpty();
    unreadable = false;
    addresses = addresses(5);
    assertThat(nextTold()).isEqualTo(addresses(5));
  }

  @Test
  void withAnIntervalOfZeroNobodyLooks() {
    AddressWatch off = new AddressWatch(this::read, 0);
    Network.Watch unused = off.add(loop.loop, addresses(8), told::add);
    assertThat(looks).hasValue(0);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals(AddressWatch.THREAD_NAME));
  }

  @Test
  void closedItEndsItsThreadAtOnceAndStartsNoOther() throws InterruptedException {
    AddressWatch slow = new AddressWatch(this::read, TimeUnit.HOURS.toNanos(1));
    Network.Watch unused = slow.add(loop.loop, addresses(1), told::add);
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(each -> each.getName().equals(AddressWatch.THREAD_NAME))
            .findFirst()
            .orElseThrow();
    slow.close();
    LoopThread.awaitEnd(thread);
    Network.Watch late = slow.add(loop.loop, addresses(8), told::add);
    late.close();
    assertThat(looks).hasValue(0);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(each -> each.getName().equals(AddressWatch.THREAD_NAME));
  }
}
