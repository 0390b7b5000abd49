package org.purertc.samples.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.rooms.Rooms;
import org.purertc.samples.signaling.socketio.EngineSession;
import org.purertc.samples.signaling.socketio.SocketIoPacket;

/** One event of Socket.IO for each message. All of it happens on the {@link RoomThread}. */
final class SocketIoCarrier extends Carrier implements EngineSession.Listener {
  private static final long CONNECT_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

  private final RoomThread thread;
  private final Rooms rooms;
  private final String id;
  private final Runnable onGone;
  private final long openedNs;
  final EngineSession session;
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private boolean connected;
  private boolean waiting;

  /** An event that wishes to be answered when message {@code id} has arrived. */
  private record Wish(String ackId, long id) {}

  SocketIoCarrier(SocketIoRoutes.Opening opening, Rooms rooms, Runnable onGone, long nowNs) {
    super(opening.thread(), opening.open());
    thread = opening.thread();
    this.rooms = rooms;
    this.onGone = onGone;
    id = opening.id();
    openedNs = nowNs;
    session = new EngineSession(id, opening.maxPayloadBytes(), this, nowNs);
  }

  @Override
  public void onMessage(String text, long nowNs) {
    try {
      SocketIoPacket packet = SocketIoPacket.parse(text);
      if (!packet.isForMain()) {
        reply(packet.refusal());
        return;
      }
      switch (packet.type()) {
        case CONNECT -> connect(nowNs);
        case EVENT -> event(packet, nowNs);
        default -> session.abort();
      }
    } catch (ProtocolException e) {
      session.abort();
    }
  }

  private void connect(long nowNs) {
    if (!connected) {
      connected = true;
      reply(SocketIoPacket.connected(id));
      start(rooms.open(this, nowNs));
    }
  }

  private void event(SocketIoPacket packet, long nowNs) throws ProtocolException {
    JsonNode event = MessageFormat.parse(packet.data());
    if (!connected || !event.isArray()) {
      session.abort();
    } else if (event.path(0).asText().equals(SocketIoRoutes.EVENT)) {
      long received = obey(event.path(1).toString(), nowNs);
      String ackId = packet.ackId();
      if (ackId != null) {
        wishes.add(new Wish(ackId, event.path(1).path("id").asLong()));
        acknowledge(received);
      }
    }
  }

  private void acknowledge(long received) {
    for (Wish next = wishes.peek(); next != null && next.id <= received; next = wishes.peek()) {
      wishes.remove();
      reply(SocketIoPacket.ack(next.ackId, MessageFormat.write(new ServerMessage.Ack(received))));
    }
  }

  /** Where another server has the room, its word comes later, among the messages. */
  private void acknowledgeWhatIsIn(String text) {
    try {
      acknowledge(wishes.isEmpty() ? 0 : MessageFormat.ack(MessageFormat.parse(text)));
    } catch (ProtocolException e) {
      throw new IllegalStateException("a message of the rooms", e);
    }
  }

  private void reply(String packet) {
    session.send(packet);
    session.flush();
  }

  @Override
  void carry(String text, long number) {
    acknowledgeWhatIsIn(text);
    session.send(SocketIoPacket.event(SocketIoRoutes.EVENT, text));
    if (session.isWritable()) {
      carried();
    } else {
      waiting = true;
    }
    // What comes in the same breath goes with the same answer.
    thread.tell(session::flush);
  }

  @Override
  public void onWritable() {
    if (waiting) {
      waiting = false;
      carried();
    }
  }

  @Override
  public void onClosed() {
    onGone.run();
    lost();
  }

  /** Pings; sends away who does not connect. */
  void watch(long nowNs) {
    if (!connected && nowNs - openedNs > CONNECT_LIMIT_NS) {
      session.abort();
    }
    session.onTick(nowNs);
  }

  @Override
  void close(@Nullable ErrorCode reason) {
    // A stock client connects anew by itself unless it is told that it was sent away.
    if (reason != ErrorCode.SHUTTING_DOWN) {
      session.send(SocketIoPacket.disconnect());
    }
    session.close();
  }

  @Override
  void abort() {
    session.abort();
  }
}
