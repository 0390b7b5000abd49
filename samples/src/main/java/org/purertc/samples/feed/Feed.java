package org.purertc.samples.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/**
 * Tells a room what the market does: many updates in each message, so that their number does not
 * run into the server's limit of messages. Everything happens on one thread.
 */
final class Feed implements SignalingChannel.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NOTICE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Notifications that wait for their turn; older ones are worth nothing. */
  private static final int MAX_NOTICES = 20;

  /** A machine that slept sends no more than a second of updates at once. */
  private static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(1);

  /**
   * How much is told, and how often.
   *
   * @param perSecond updates, which travel in one message each {@code everyMs}
   */
  record Pace(int perSecond, int everyMs) {}

  private final Market market;
  private final Pace pace;
  private final Consumer<String> report;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "purertc-feed");
            made.setDaemon(true);
            return made;
          });
  private final Deque<Market.Move> notices = new ArrayDeque<>();
  private final List<ClientMessage> early = new ArrayList<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private @Nullable SignalingChannel channel;
  private long updates;
  private long dropped;
  private long lastNs;
  private long noticeNs;
  private double due;

  /**
   * @param report told in one line each what happens
   */
  Feed(Market market, Pace pace, Consumer<String> report) {
    this.market = market;
    this.pace = pace;
    this.report = report;
  }

  /** Begins, with the channel that this listener was given to. */
  void start(SignalingChannel joined) {
    thread.execute(
        () -> {
          channel = joined;
          early.forEach(this::send);
          early.clear();
          lastNs = System.nanoTime();
        });
    var unused =
        thread.scheduleAtFixedRate(this::tell, pace.everyMs, pace.everyMs, TimeUnit.MILLISECONDS);
  }

  /** Completes when the room is closed to this member, with the reason. */
  CompletableFuture<String> closed() {
    return closed;
  }

  @Override
  public void onMessage(ServerMessage message) {
    try {
      thread.execute(() -> obey(message));
    } catch (RejectedExecutionException e) {
      // It has ended.
    }
  }

  private void obey(ServerMessage message) {
    if (message instanceof ServerMessage.Welcome it) {
      it.members().forEach(each -> greet(each.id()));
    } else if (message instanceof ServerMessage.Joined it) {
      greet(it.member().id());
    } else if (message instanceof ServerMessage.Direct it
        && it.data().path("type").asText().equals("clock")) {
      JsonNode sent = it.data().path("sentMs");
      send(
          new ClientMessage.Direct(
              it.from(), message("clock").put("sentMs", sent.asDouble()).put("atMs", nowMs())));
    }
  }

  /** Who comes has to know what the numbers stand for, and where they stand. */
  private void greet(String member) {
    ObjectNode hello =
        message("symbols")
            .put("number", updates)
            .put("perSecond", pace.perSecond)
            .put("everyMs", pace.everyMs);
    ArrayNode list = hello.putArray("symbols");
    for (Market.Symbol each : market.symbols()) {
      list.addObject()
          .put("name", each.name())
          .put("open", each.openCents())
          .put("price", each.cents());
    }
    send(new ClientMessage.Direct(member, hello));
  }

  /** As many updates as are due, in one message. */
  private void tell() {
    long nowNs = System.nanoTime();
    due += Math.min(MAX_DELAY_NS, nowNs - lastNs) * (pace.perSecond / 1e9);
    lastNs = nowNs;
    int count = (int) due;
    due -= count;
    if (count > 0) {
      ObjectNode ticks = message("ticks");
      ArrayNode list = ticks.putArray("ticks");
      for (int i = 0; i < count; i++) {
        Market.Tick tick = market.next();
        list.addArray().add(tick.symbol()).add(tick.cents());
      }
      updates += count;
      send(new ClientMessage.Broadcast(ticks.put("number", updates).put("atMs", nowMs())));
    }
    notify(market.takeMoves(), nowNs);
  }

  private void notify(List<Market.Move> moves, long nowNs) {
    notices.addAll(moves);
    while (notices.size() > MAX_NOTICES) {
      notices.removeFirst();
    }
    if (nowNs - noticeNs >= NOTICE_INTERVAL_NS && !notices.isEmpty()) {
      noticeNs = nowNs;
      Market.Move move = notices.removeFirst();
      send(
          new ClientMessage.Broadcast(
              message("notice")
                  .put("symbol", move.symbol())
                  .put("up", move.up())
                  .put("text", move.text())
                  .put("atMs", nowMs())));
    }
  }

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** Unix time with its microseconds. */
  private static double nowMs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1e3 + now.get(ChronoField.MICRO_OF_SECOND) / 1e3;
  }

  private void send(ClientMessage message) {
    SignalingChannel room = channel;
    if (room == null) {
      early.add(message);
      return;
    }
    try {
      room.send(message);
    } catch (IllegalStateException e) {
      // Without a server for minutes: whoever is there then sees the gap in the numbers.
      if (dropped++ == 0) {
        report.accept("updates are left out: " + e.getMessage());
      }
    }
  }

  @Override
  public void onInterrupted(String reason) {
    report.accept("reconnecting: " + reason);
  }

  @Override
  public void onClosed(String reason) {
    closed.complete(reason);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
