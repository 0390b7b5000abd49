package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.Peers.await;

import java.io.File;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerConnectionFactoryTest {

  @Test
  void freesThreadsAndDescriptorsWhenClosed() {
    connectOnce(); // what the JVM keeps for itself
    int descriptors = openDescriptors();
    Set<String> threads = threads();
    try (PeerConnectionFactory factory = loopback()) {
      for (int i = 0; i < 5; i++) {
        Peers unused = connect(factory); // closed by the factory
      }
      assertThat(threads()).anyMatch(name -> name.startsWith("purertc-loop"));
    }
    waitUntil(() -> threads.containsAll(threads()));
    assertThat(threads).containsAll(threads());
    waitUntil(() -> openDescriptors() <= descriptors);
    assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors);
  }

  @Test
  void leavesNothingBehindAfterAHundredPeers() {
    openConnectAndClose(50);
  }

  @Tag("long")
  @Test
  void leavesNothingBehindAfterAThousandPeers() {
    openConnectAndClose(500);
  }

  private static void openConnectAndClose(int pairs) {
    try (PeerConnectionFactory factory = loopback()) {
      connect(factory).close();
      int descriptors = openDescriptors();
      for (int i = 0; i < pairs; i++) {
        try (Peers peers = connect(factory)) {
          assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        }
      }
      waitUntil(() -> openDescriptors() <= descriptors);
      assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors);
      assertThat(threads().stream().filter(name -> name.startsWith("purertc-loop")))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void freesEverythingWhenClosedUnderHeavyTransfer() {
    connectOnce(); // what the JVM keeps for itself
    int descriptors = openDescriptors();
    Set<String> threads = threads();
    try (PeerConnectionFactory factory = loopback()) {
      for (int i = 0; i < 4; i++) {
        Peers peers = connect(factory);
        CountDownLatch flowing = new CountDownLatch(20);
        peers.b.onDataChannel(channel -> channel.onMessage(message -> flowing.countDown()));
        fill(peers.a.createDataChannel("more"));
        awaitZero(flowing);
        peers.close();
        await(peers.a.closed());
        await(peers.b.closed());
      }
    }
    waitUntil(() -> threads.containsAll(threads()) && openDescriptors() <= descriptors);
    assertThat(threads).containsAll(threads());
    assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors);
  }

  /** Keeps it full for as long as it is open. */
  private static void fill(RTCDataChannel channel) {
    channel.bufferedAmountLowThreshold(1 << 20);
    Runnable refill =
        () -> {
          while (channel.readyState() == RTCDataChannelState.OPEN
              && channel.bufferedAmount() < 4 << 20) {
            channel.send(new byte[16 << 10]);
          }
        };
    channel.onOpen(refill);
    channel.onBufferedAmountLow(refill);
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      assertThat(latch.await(Peers.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesPeersAfterClose() {
    PeerConnectionFactory factory = loopback();
    factory.close();
    factory.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> factory.createPeerConnection(RTCConfiguration.DEFAULT));
  }

  @Test
  void isClosedInsideAHandler() {
    PeerConnectionFactory factory = loopback();
    RTCConfiguration onLoop = RTCConfiguration.builder().callbacksOnLoop().build();
    RTCPeerConnection peer = factory.createPeerConnection(onLoop);
    peer.onNegotiationNeeded(factory::close);
    RTCDataChannel unused = peer.createDataChannel("any");
    await(peer.closed());
  }

  @Test
  void runsHandlersOnTheUsersExecutor() {
    ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try (PeerConnectionFactory factory = loopback()) {
      RTCPeerConnection peer =
          factory.createPeerConnection(
              RTCConfiguration.builder().callbackExecutor(executor).build());
      CompletableFuture<String> thread = new CompletableFuture<>();
      peer.onNegotiationNeeded(() -> thread.complete(Thread.currentThread().getName()));
      RTCDataChannel unused = peer.createDataChannel("any");
      assertThat(await(thread)).isEqualTo("mine");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void closesAPeerThatNobodyReachesAnyMore() {
    try (PeerConnectionFactory factory = loopback()) {
      CompletableFuture<Void> closed = forgetAPeer(factory);
      for (int i = 0; i < 200 && !closed.isDone(); i++) {
        System.gc();
        factory.createPeerConnection(RTCConfiguration.DEFAULT).close();
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(closed).isDone();
    }
  }

  private static CompletableFuture<Void> forgetAPeer(PeerConnectionFactory factory) {
    return factory.createPeerConnection(RTCConfiguration.DEFAULT).closed();
  }

  @Test
  void refusesLessThanOneLoop() {
    assertThatThrownBy(() -> PeerConnectionFactory.builder().loops(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneThreadWatchesTheAddressesOfAllPeers() {
    try (PeerConnectionFactory factory = loopback()) {
      for (int i = 0; i < 3; i++) {
        Peers unused = connect(factory); // closed by the factory
      }
      assertThat(watching()).isEqualTo(1);
    }
    waitUntil(() -> watching() == 0);
    assertThat(watching()).isZero();
  }

  @Test
  void nobodyWatchesWithAnIntervalOfZero() {
    try (PeerConnectionFactory factory =
            PeerConnectionFactory.builder()
                .loops(1)
                .loopbackOnly()
                .networkWatchInterval(Duration.ZERO)
                .build();
        Peers peers = connect(factory)) {
      assertThat(peers.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
      assertThat(watching()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.099S", "PT25H"})
  void refusesToWatchTooOftenOrTooSeldom(Duration interval) {
    assertThatThrownBy(() -> PeerConnectionFactory.builder().networkWatchInterval(interval))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(interval.toString());
  }

  private static long watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("purertc-addresses"))
        .count();
  }

  private static void connectOnce() {
    try (PeerConnectionFactory factory = loopback()) {
      connect(factory).close();
    }
    waitUntil(() -> threads().stream().noneMatch(name -> name.startsWith("purertc")));
  }

  private static Peers connect(PeerConnectionFactory factory) {
    Peers peers = new Peers(factory, RTCConfiguration.DEFAULT);
    peers.trickle();
    RTCDataChannel channel = peers.a.createDataChannel("any");
    peers.negotiate();
    await(channel.opened());
    return peers;
  }

  private static PeerConnectionFactory loopback() {
    return PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("ForkJoinPool")) // carriers of virtual threads
        .collect(Collectors.toSet());
  }

  private static int openDescriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  /** Threads end a moment after they were told to. */
  private static void waitUntil(BooleanSupplier condition) {
    long limitNs = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < limitNs) {
      LockSupport.parkNanos(5_000_000);
    }
  }
}
