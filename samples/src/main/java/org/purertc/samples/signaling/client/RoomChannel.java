package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.SignalingUnavailableException.Reason;
import org.purertc.samples.signaling.WebClient;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.ServerMessage.Welcome;

/** A {@link ClientSession} with a clock and connections; everything happens on one thread. */
final class RoomChannel implements SignalingChannel, ClientSession.Driver {
  private static final int MOST_WAITING = 10_000;
  private static final long JOIN_LIMIT_SECONDS = 20;
  private static final long FAREWELL_SECONDS = 2;

  private final RoomServer server;
  private final Listener listener;
  private final HttpClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "purertc-signaling");
            made.setDaemon(true);
            worker = made;
            return made;
          });
  private final ClientSession session;
  private final CompletableFuture<Welcome> joined = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile @Nullable Welcome welcome;
  private final AtomicInteger hopping = new AtomicInteger();
  private volatile int waiting;
  private volatile boolean closing;
  private volatile @Nullable Thread worker;
  private @Nullable Wire wire;
  private long scheduledNs = Long.MAX_VALUE;

  private RoomChannel(RoomServer server, JoinRequest request, Listener listener) {
    this.server = server;
    client =
        WebClient.builder(server.sslContext())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    this.listener = listener;
    session = new ClientSession(request, this, new SecureRandom(), System.nanoTime());
  }

  static RoomChannel join(RoomServer server, JoinRequest request, Listener listener)
      throws SignalingUnavailableException {
    RoomServer to = new RoomServer(address(server.uri()), server.transport(), server.sslContext());
    RoomChannel channel = new RoomChannel(to, request, listener);
    // Wrong names are the caller's: not something to tell the server.
    var unused = request.hello(channel.session.token(), 0);
    channel.run(() -> {});
    try {
      channel.joined.get(JOIN_LIMIT_SECONDS, TimeUnit.SECONDS);
      return channel;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SignalingUnavailableException it) {
        throw it;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      channel.close();
      throw new SignalingUnavailableException(Reason.UNREACHABLE, "the server does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new SignalingUnavailableException(Reason.UNREACHABLE, "interrupted");
    }
  }

  private static URI address(URI server) throws SignalingUnavailableException {
    String text = server.toString();
    boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!web || server.getHost() == null) {
      throw new SignalingUnavailableException(
          Reason.UNREACHABLE, "not a usable address (http://HOST:PORT): " + text);
    }
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public Welcome welcome() {
    Welcome last = welcome;
    if (last == null) {
      throw new IllegalStateException("not joined");
    }
    return last;
  }

  @Override
  public void send(ClientMessage message) {
    String text = MessageFormat.write(message);
    int most = welcome().limits().messageBytes();
    if (MessageFormat.bytes(text) > most - MessageFormat.NUMBERS_BYTES) {
      throw new IllegalArgumentException("a message takes no more than " + most + " bytes");
    }
    if (closing || ended.isDone()) {
      throw new IllegalStateException("the channel is closed");
    }
    if (waiting + hopping.get() >= MOST_WAITING) {
      throw new IllegalStateException("no more than " + MOST_WAITING + " messages may wait");
    }
    hopping.incrementAndGet();
    run(
        () -> {
          hopping.decrementAndGet();
          session.send(text);
        });
  }

  @Override
  public void close() {
    closing = true;
    run(session::leave);
    if (Thread.currentThread() == worker) {
      return; // within the listener: it leaves afterwards
    }
    try {
      ended.get(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      run(session::abandon);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run(session::abandon);
    }
  }

  /** Does something on the thread, and then what follows from it. */
  private void run(Runnable action) {
    try {
      thread.execute(
          () -> {
            action.run();
            settle();
          });
    } catch (RejectedExecutionException e) {
      // It has ended.
    }
  }

  private void settle() {
    long nowNs = System.nanoTime();
    Wire open = wire;
    if (open != null && open.ready) {
      String text = session.next(nowNs);
      if (text != null) {
        open.send(text);
      }
    }
    waiting = session.waiting();
    boolean ready = wire != null && wire.ready;
    long sendNs = ready ? session.nextSendNs(nowNs) : Long.MAX_VALUE;
    schedule(Math.min(session.nextDeadlineNs(), sendNs), nowNs);
  }

  private void schedule(long dueNs, long nowNs) {
    if (dueNs < scheduledNs && !thread.isShutdown()) {
      scheduledNs = dueNs;
      var unused =
          thread.schedule(
              () -> {
                scheduledNs = Long.MAX_VALUE;
                session.onDeadline(System.nanoTime());
                settle();
              },
              dueNs - nowNs,
              TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void connect() {
    Wire made = new Wire(server.transport().over(client, server.uri()));
    wire = made;
    made.transport.open(made);
  }

  @Override
  public void disconnect() {
    Wire open = wire;
    wire = null;
    if (open != null) {
      open.transport.close();
    }
  }

  @Override
  public void onMessage(ServerMessage message) {
    if (message instanceof Welcome it) {
      welcome = it;
    }
    listener.onMessage(message);
    if (message instanceof Welcome it) {
      joined.complete(it);
    }
  }

  @Override
  public void onInterrupted(String reason) {
    listener.onInterrupted(reason);
  }

  @Override
  public void onEnd(@Nullable ErrorCode why, String reason) {
    boolean wasJoined = joined.isDone();
    joined.completeExceptionally(new SignalingUnavailableException(kind(why), reason));
    thread.shutdown();
    if (wasJoined) {
      listener.onClosed(reason); // before send() refuses anything: nobody is surprised
    }
    ended.complete(reason);
  }

  private static Reason kind(@Nullable ErrorCode why) {
    if (why == null) {
      return Reason.UNREACHABLE;
    }
    return switch (why) {
      case MALFORMED, UNAUTHORIZED, FORBIDDEN, UNSUPPORTED_VERSION -> Reason.NOT_ALLOWED;
      default -> Reason.REFUSED;
    };
  }

  /** One connection; what it tells after it was given up is not heard. */
  private final class Wire implements Transport.Listener {
    private final Transport transport;

    /** Whether it takes a message now. */
    private boolean ready;

    Wire(Transport transport) {
      this.transport = transport;
    }

    private void send(String text) {
      ready = false;
      transport.send(text);
    }

    @Override
    public void onOpen() {
      hear(
          () -> {
            ready = true;
            session.onOpen(System.nanoTime());
          });
    }

    @Override
    public void onText(String text) {
      hear(() -> session.receive(text, System.nanoTime()));
    }

    @Override
    public void onSent() {
      hear(() -> ready = true);
    }

    @Override
    public void onLost(String reason) {
      hear(
          () -> {
            disconnect();
            session.onLost(reason, System.nanoTime());
          });
    }

    @Override
    public void afterwards(Runnable next) {
      hear(next);
    }

    private void hear(Runnable action) {
      run(
          () -> {
            if (wire == this) {
              action.run();
            }
          });
    }
  }
}
