package org.purertc.samples.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.ServerMessage.Welcome;
import org.purertc.samples.signaling.rooms.Connection;

/** A client in virtual time, on a network that loses connections with all that is under way. */
final class SimulatedMember implements ClientSession.Driver {
  private final SimulatedServer server;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final ClientSession session;
  private @Nullable Wire wire;
  private long scheduledNs = Long.MAX_VALUE;
  final List<ServerMessage> received = new ArrayList<>();
  final List<String> interruptions = new ArrayList<>();
  @Nullable String end;

  /** Whether the network is up. */
  boolean reachable = true;

  SimulatedMember(SimulatedServer server, String name, long seed) {
    this.server = server;
    time = server.time;
    random = new Random(seed);
    session = new ClientSession(JoinRequest.of("tea", name), this, random, time.nowNs());
    settle();
  }

  void send(ClientMessage message) {
    session.send(MessageFormat.write(message));
    settle();
  }

  boolean isDelivered() {
    return session.waiting() == 0;
  }

  Welcome welcome() {
    return welcomes().get(0);
  }

  List<Welcome> welcomes() {
    return received(Welcome.class);
  }

  <T extends ServerMessage> List<T> received(Class<T> type) {
    return received.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The connection is lost; each side notices at some time of its own. */
  void cut() {
    Wire cut = wire;
    wire = null;
    if (cut != null) {
      cut.dead = true;
      time.afterMs(random.nextInt(3_000), () -> serverNotices(cut));
      time.afterMs(random.nextInt(1_000), () -> clientNotices());
    }
  }

  private void serverNotices(Wire cut) {
    cut.connection.lost(time.nowNs());
    server.settle();
  }

  private void clientNotices() {
    if (wire == null) {
      session.onLost("cut", time.nowNs());
      settle();
    }
  }

  private void settle() {
    Wire open = wire;
    if (open != null) {
      for (String text = session.next(time.nowNs());
          text != null;
          text = session.next(time.nowNs())) {
        open.toServer(text);
      }
    }
    long sendNs = open == null ? Long.MAX_VALUE : session.nextSendNs(time.nowNs());
    long dueNs = Math.min(session.nextDeadlineNs(), sendNs);
    if (dueNs < scheduledNs) {
      scheduledNs = dueNs;
      time.after(Math.max(0, dueNs - time.nowNs()), this::tick);
    }
  }

  private void tick() {
    scheduledNs = Long.MAX_VALUE;
    session.onDeadline(time.nowNs());
    settle();
  }

  @Override
  public void connect() {
    time.afterMs(
        5,
        () -> {
          if (reachable) {
            wire = new Wire();
            session.onOpen(time.nowNs());
          } else {
            session.onLost("unreachable", time.nowNs());
          }
          settle();
        });
  }

  @Override
  public void disconnect() {
    Wire closed = wire;
    wire = null;
    if (closed != null) {
      closed.dead = true;
      time.afterMs(5, () -> serverNotices(closed));
    }
  }

  @Override
  public void onMessage(ServerMessage message) {
    received.add(message);
  }

  @Override
  public void onInterrupted(String reason) {
    interruptions.add(reason);
  }

  @Override
  public void onEnd(@Nullable ErrorCode why, String reason) {
    end = why == null ? reason : why.word();
  }

  /** One connection; it keeps the order, and gives the server one message at a time to carry. */
  private final class Wire implements Connection.Listener {
    final Connection connection = server.rooms.open(this, time.nowNs());
    boolean dead;
    private boolean carrying;
    private long lastToServerNs;

    void toServer(String text) {
      long atNs = Math.max(lastToServerNs, time.nowNs() + 1_000_000L * (1 + random.nextInt(40)));
      lastToServerNs = atNs;
      time.after(
          atNs - time.nowNs(),
          () -> {
            if (!dead) {
              connection.receive(text, time.nowNs());
            } else if (random.nextBoolean()) {
              time.afterMs(random.nextInt(2_000), () -> arriveLate(text));
            }
            server.settle();
          });
    }

    /** A POST whose answer nobody waits for any more may yet be obeyed. */
    private void arriveLate(String text) {
      try {
        JsonNode message = MessageFormat.parse(text);
        if (MessageFormat.id(message) > 0) {
          server.rooms.receive(session.token(), List.of(message), time.nowNs());
          server.settle();
        }
      } catch (ProtocolException e) {
        // One before it was lost.
      }
    }

    @Override
    public void onReady() {
      if (!carrying && !dead) {
        carrying = true;
        time.afterMs(0, this::carry);
      }
    }

    private void carry() {
      String text = connection.next();
      if (text == null) {
        carrying = false;
        return;
      }
      time.afterMs(
          1 + random.nextInt(10),
          () -> {
            if (!dead) {
              session.receive(text, time.nowNs());
              settle();
              carry();
            }
          });
    }

    @Override
    public void onEnd(@Nullable ErrorCode why) {
      onReady();
      time.afterMs(
          200,
          () -> {
            if (!dead) {
              cut();
            }
          });
    }
  }
}
