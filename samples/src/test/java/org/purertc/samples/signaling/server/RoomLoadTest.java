package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomLimits;

/**
 * Many members in many rooms, all in this JVM: one of each room says something each second. Nothing
 * is lost, the heap does not grow, and who does not read is sent out. How long messages take is
 * printed and not judged: it is the machine's, too.
 */
@Timeout(600)
class RoomLoadTest {
  private static final long LIMIT_SECONDS = 120;
  private static final int AT_ONCE = 50;
  private static final int SLOW_READERS = 5;
  private static final int LARGE_MESSAGES = 120;
  private static final TextNode LARGE = TextNode.valueOf("x".repeat(200_000));

  private static final int ROUNDS = 3;

  /**
   * In a round arrive 24,500 messages: forty bytes each, less than anything would be that stays.
   */
  private static final long GROWTH_BYTES = 1 << 20;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final List<LoadMember> members = new ArrayList<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private SignalingServer server;
  private long[] latenciesNs = {};

  @BeforeEach
  void start() throws Exception {
    SessionLimits limits = SessionLimits.DEFAULT.withWaiting(1_000, 1 << 20);
    server =
        SignalingServer.start(
            0, SignalingOptions.DEFAULT.withLimits(RoomLimits.DEFAULT.withSession(limits)));
  }

  @AfterEach
  void stop() {
    members.forEach(LoadMember::close);
    server.close();
    threads.shutdownNow();
  }

  /** So many rooms, and in each so many members of each kind. */
  private record Crowd(int rooms, int webSockets, int eventStreams) {
    int inRoom() {
      return webSockets + eventStreams;
    }

    int all() {
      return rooms * inRoom();
    }
  }

  @Test
  void nothingIsLostAmongAFew() throws Exception {
    Crowd crowd = new Crowd(4, 4, 2);
    join(crowd);
    talk(crowd, 2, 1);
  }

  @Test
  @Tag("long")
  void twoThousandByWebSocketAndFiveHundredByEventStream() throws Exception {
    Crowd crowd = new Crowd(50, 40, 10);
    join(crowd);
    talk(crowd, 10, 1); // for the compiler
    CompletableFuture<Void> slow = CompletableFuture.runAsync(this::sendSlowReadersOut);
    talk(crowd, 30, 11);
    slow.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    report(crowd);
    assertThat(leastGrowthBytes(crowd)).isLessThan(GROWTH_BYTES);
  }

  /** What is never let go grows in each round; what the collector makes of a moment does not. */
  private long leastGrowthBytes(Crowd crowd) throws InterruptedException {
    long least = Long.MAX_VALUE;
    long beforeBytes = usedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      talk(crowd, 10, 41 + 10 * round);
      long usedBytes = usedBytes();
      long growthBytes = usedBytes - beforeBytes;
      System.out.printf(
          Locale.ROOT, "heap %.1f MB, grown by %.1f MB%n", usedBytes / 1e6, growthBytes / 1e6);
      least = Math.min(least, growthBytes);
      beforeBytes = usedBytes;
    }
    return least;
  }

  /** The first of each room is one with a WebSocket, and speaks. */
  private void join(Crowd crowd) throws Exception {
    List<CompletableFuture<LoadMember>> joining = new ArrayList<>();
    for (int i = 0; i < crowd.all(); i++) {
      String room = "room-" + i % crowd.rooms();
      boolean socket = i < crowd.rooms() * crowd.webSockets();
      joining.add(
          socket
              ? LoadMember.webSocket(client, server.port(), room, i, this::took)
              : LoadMember.eventStream(client, server.port(), room, i, this::took));
      if (joining.size() == AT_ONCE) {
        await(joining);
      }
    }
    await(joining);
  }

  private void await(List<CompletableFuture<LoadMember>> joining) throws Exception {
    for (CompletableFuture<LoadMember> each : joining) {
      members.add(each.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    joining.clear();
  }

  private void took(long latencyNs) {
    latenciesNs[arrived.getAndIncrement()] = latencyNs;
  }

  /** One message in each room each second, spread over the second. */
  private void talk(Crowd crowd, int seconds, int firstId) throws InterruptedException {
    int expected = seconds * crowd.rooms() * (crowd.inRoom() - 1);
    latenciesNs = new long[expected];
    arrived.set(0);
    long startNs = System.nanoTime();
    long gapNs = TimeUnit.SECONDS.toNanos(1) / crowd.rooms();
    for (int i = 0; i < seconds * crowd.rooms(); i++) {
      LockSupport.parkNanos(startNs + i * gapNs - System.nanoTime());
      members.get(i % crowd.rooms()).broadcast(firstId + i / crowd.rooms());
    }
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (arrived.get() < expected && System.nanoTime() < endNs) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(arrived.get()).as("broadcasts that arrived").isEqualTo(expected);
  }

  private void sendSlowReadersOut() {
    List<SilentReader> silent = new ArrayList<>();
    try (Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada")) {
      for (int i = 0; i < SLOW_READERS; i++) {
        silent.add(SilentReader.webSocket(server.port(), "tea", i));
      }
      for (int i = 0; i < LARGE_MESSAGES; i++) {
        ada.send(new ClientMessage.Broadcast(LARGE));
      }
      for (int i = 0; i < SLOW_READERS; i++) {
        assertThat(ada.next(ServerMessage.Left.class).reason()).isEqualTo(LeaveReason.TOO_SLOW);
      }
      for (SilentReader each : silent) {
        each.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void report(Crowd crowd) {
    long[] sorted = latenciesNs.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%d members by WebSocket, %d by event stream, %d messages: p50 %.1f ms, p99 %.1f ms,"
            + " longest %.1f ms%n",
        crowd.rooms() * crowd.webSockets(),
        crowd.rooms() * crowd.eventStreams(),
        sorted.length,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }
}
