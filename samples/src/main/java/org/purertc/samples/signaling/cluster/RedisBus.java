package org.purertc.samples.signaling.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.rooms.Elsewhere.Place;

/**
 * Servers that meet in one Redis. Its keys begin with {@code purertc:}: who has a room, who has a
 * session (by its hash: the name is a secret), and which servers live. Messages go by its channels.
 */
public final class RedisBus implements Bus {
  private static final String ALIVE = "purertc:alive:";
  private static final String ROOM = "purertc:room:";
  private static final String SESSION = "purertc:session:";
  private static final String CHANNEL = "purertc:to:";

  /** A server that does not say for so long that it lives has no rooms any more. */
  private static final long ALIVE_MS = 6_000;

  private static final long BEAT_MS = 1_000;

  /** What a server that died has left behind is gone after a day. */
  private static final long KEPT_MS = TimeUnit.DAYS.toMillis(1);

  private static final long REPEAT_BEATS = TimeUnit.HOURS.toMillis(1) / BEAT_MS;

  /** Farewells are kept for who asks late. */
  private static final long FAREWELL_MS = 60_000;

  /** Redis may have forgotten everything: first all say which rooms they have. */
  private static final long GRACE_MS = 2_000;

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(2);

  /** KEYS: the room. ARGV: this server, what keys of living servers begin with, for how long. */
  private static final String CLAIM =
      """
      local owner = redis.call('GET', KEYS[1])
      if owner and owner ~= ARGV[1] and redis.call('EXISTS', ARGV[2] .. owner) == 1 then
        return owner
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
      return ARGV[1]
      """;

  /** KEYS: the session. ARGV: what keys of living servers begin with. */
  private static final String FIND =
      """
      local owner = redis.call('GET', KEYS[1])
      if owner and redis.call('EXISTS', ARGV[1] .. owner) == 1 then
        return owner
      end
      return ''
      """;

  /** KEYS: what this server has. ARGV: this server, in how many milliseconds it is forgotten. */
  private static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
      end
      return ''
      """;

  /** Held here: java.util.logging forgets the level of a logger that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.lettuce"), Logger.getLogger("io.netty"));

  private final String self;
  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final StatefulRedisPubSubConnection<String, String> channel;
  private final RedisAsyncCommands<String, String> redis;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "purertc-redis");
            made.setDaemon(true);
            return made;
          });
  private volatile @Nullable Listener listener;
  private volatile long graceEndNs = System.nanoTime();
  private volatile boolean up = true;
  private volatile boolean closed;
  private long beats;

  private RedisBus(String self, RedisURI uri, SslOptions tls) {
    this.self = self;
    // That it tries to reconnect, five times a second.
    LOGGERS.forEach(it -> it.setLevel(Level.SEVERE));
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(Duration.ofMillis(200)))
            .build();
    client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            // What cannot be said now is not said later: the others have given up by then.
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled(COMMAND_LIMIT))
            .sslOptions(tls)
            .socketOptions(SocketOptions.builder().connectTimeout(COMMAND_LIMIT).build())
            .build());
    connection = client.connect();
    channel = client.connectPubSub();
    redis = connection.async();
  }

  /**
   * Connects.
   *
   * @param self a name that no other server has or had
   * @throws IOException says in one line why that was not possible
   */
  public static RedisBus connect(String self, RedisAddress address) throws IOException {
    try {
      return new RedisBus(self, address.parsed(), address.tls());
    } catch (RedisException | IllegalArgumentException e) {
      // The address may hold a password.
      throw new IOException("cannot reach Redis: " + reason(e), e);
    }
  }

  /** That it was not possible, and the last cause: a wrong password, a certificate. */
  private static String reason(Throwable thrown) {
    Throwable last = thrown;
    String advice = "";
    while (last.getCause() != null) {
      last = last.getCause();
      if (last instanceof SSLHandshakeException) {
        advice = " (its certificate must name the host, and --redis-ca FILE or the JVM trust it)";
      }
    }
    return last == thrown
        ? String.valueOf(thrown.getMessage())
        : thrown.getMessage() + ": " + last.getMessage() + advice;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public void start(Listener to) {
    listener = to;
    channel.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String name, String text) {
            to.onMessage(text);
          }
        });
    channel.sync().subscribe(CHANNEL + self);
    connection.sync().set(ALIVE + self, "1", SetArgs.Builder.px(ALIVE_MS));
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisConnected(RedisChannelHandler<?, ?> handler, SocketAddress address) {
            graceEndNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
            up = true;
            execute(RedisBus.this::revive, 0);
          }

          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            up = false;
          }
        });
    var unused = clock.scheduleAtFixedRate(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  private void execute(Runnable action, long delayMs) {
    try {
      var unused = clock.schedule(action, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // It ends.
    }
  }

  /** Redis may be a new one. */
  private void revive() {
    var unused = redis.set(ALIVE + self, "1", SetArgs.Builder.px(ALIVE_MS));
    Listener to = listener;
    if (to != null) {
      to.onForgotten();
    }
  }

  private void beat() {
    beats++;
    var unused =
        redis
            .set(ALIVE + self, "1", SetArgs.Builder.px(ALIVE_MS).xx())
            .whenComplete(
                (answer, thrown) -> {
                  // Without an answer this server was thought dead: others may have its rooms.
                  if (thrown == null && (answer == null || beats % REPEAT_BEATS == 0)) {
                    execute(this::revive, 0);
                  }
                });
  }

  @Override
  public void tell(String server, String text) {
    var unused = redis.publish(CHANNEL + server, text);
  }

  @Override
  public void claimRoom(String room, Consumer<Place> then) {
    String[] keys = {ROOM + room};
    afterGrace(() -> place(eval(CLAIM, keys, self, ALIVE, Long.toString(KEPT_MS)), then));
  }

  @Override
  public void findSession(String session, Consumer<Place> then) {
    afterGrace(() -> place(eval(FIND, new String[] {SESSION + hash(session)}, ALIVE), then));
  }

  @Override
  public void keepRoom(String room, Consumer<Place> then) {
    String[] keys = {ROOM + room};
    place(eval(CLAIM, keys, self, ALIVE, Long.toString(KEPT_MS)), then);
  }

  private void afterGrace(Runnable question) {
    long graceMs = TimeUnit.NANOSECONDS.toMillis(graceEndNs - System.nanoTime());
    if (graceMs > 0) {
      execute(question, graceMs);
    } else {
      question.run();
    }
  }

  private CompletionStage<String> eval(String script, String[] keys, String... arguments) {
    return redis.eval(script, ScriptOutputType.VALUE, keys, arguments);
  }

  private void place(CompletionStage<String> answer, Consumer<Place> then) {
    var unused =
        answer.whenComplete(
            (owner, thrown) -> {
              if (thrown != null) {
                then.accept(Place.of(Place.Kind.UNKNOWN));
              } else if (owner == null || owner.isEmpty()) {
                then.accept(Place.of(Place.Kind.NOWHERE));
              } else if (owner.equals(self)) {
                then.accept(Place.of(Place.Kind.HERE));
              } else {
                then.accept(new Place(Place.Kind.THERE, owner));
              }
            });
  }

  @Override
  public void announceSession(String session) {
    var unused = redis.set(SESSION + hash(session), self, SetArgs.Builder.px(KEPT_MS));
  }

  @Override
  public void forgetSession(String session) {
    release(SESSION + hash(session), FAREWELL_MS);
  }

  @Override
  public void releaseRoom(String room) {
    release(ROOM + room, 0);
  }

  private void release(String key, long ms) {
    var unused = eval(RELEASE, new String[] {key}, self, Long.toString(ms));
  }

  private static String hash(String session) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(session.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    clock.shutdownNow();
    try {
      connection.sync().del(ALIVE + self);
    } catch (RedisException e) {
      // Then it is forgotten after a while.
    }
    client.shutdown(0, 2, TimeUnit.SECONDS);
    var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
