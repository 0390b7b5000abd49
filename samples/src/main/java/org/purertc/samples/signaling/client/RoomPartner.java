package org.purertc.samples.signaling.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.ServerMessage;

/**
 * Signalling between two peers who meet in a room: the first other member is the partner, and
 * others are told that they come too late.
 *
 * <p>A carrier only: it knows no peer connection, and whoever uses it decides who offers, once
 * ({@link org.purertc.samples.signaling.Negotiator}). A member that connects to all others, makes
 * the connections itself and lets each side offer when it needs to is a {@code mesh.RoomMesh}.
 */
public final class RoomPartner implements SignalingChannel.Listener, AutoCloseable {
  /** Hears what the partner says. */
  public interface Listener {
    void onMessage(SignalingMessage message);

    /** The partner will say no more; the reason is one line. */
    void onLost(String reason);
  }

  private final CompletableFuture<String> partner = new CompletableFuture<>();
  private final List<SignalingMessage> waiting = new ArrayList<>();
  private @Nullable Listener listener;
  private @Nullable SignalingChannel channel;
  private boolean closed;

  /**
   * Enters a room.
   *
   * @throws SignalingUnavailableException says in one line why that was not possible
   */
  public void join(RoomServer server, JoinRequest request, Listener to)
      throws SignalingUnavailableException {
    synchronized (this) {
      listener = to;
    }
    start(SignalingChannel.join(server, request, this));
  }

  private synchronized void start(SignalingChannel joined) {
    channel = joined;
    flush();
  }

  /** Does something as soon as there is a partner. */
  public void whenMet(Runnable action) {
    var unused = partner.thenRun(action);
  }

  /**
   * Sends to the partner, as soon as there is one; it keeps the order. What comes after the end is
   * dropped: a peer may find candidates until it is closed itself.
   */
  public synchronized void send(SignalingMessage message) {
    waiting.add(message);
    flush();
  }

  private synchronized void flush() {
    String to = partner.getNow("");
    if (channel != null && !to.isEmpty()) {
      waiting.forEach(message -> send(to, message));
      waiting.clear();
    }
  }

  private synchronized void send(String to, SignalingMessage message) {
    SignalingChannel room = channel;
    if (room == null || closed) {
      return;
    }
    try {
      room.send(new ClientMessage.Direct(to, SignalingFormat.json(message)));
    } catch (IllegalStateException e) {
      lost(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onMessage(ServerMessage message) {
    if (message instanceof ServerMessage.Welcome it) {
      it.members().forEach(this::meet);
    } else if (message instanceof ServerMessage.Joined it) {
      meet(it.member());
    } else if (message instanceof ServerMessage.Left it && isPartner(it.member())) {
      lost("the other side left the room");
    } else if (message instanceof ServerMessage.Direct it) {
      receive(it);
    }
  }

  private void meet(Member member) {
    if (member.role() != MemberRole.LISTENER && partner.complete(member.id())) {
      flush();
    }
  }

  private boolean isPartner(String id) {
    return id.equals(partner.getNow(""));
  }

  private void receive(ServerMessage.Direct direct) {
    if (!isPartner(direct.from())) {
      send(direct.from(), SignalingMessage.Failure.TAKEN);
      return;
    }
    try {
      SignalingMessage message = SignalingFormat.read(direct.data());
      if (message != null) {
        listener().onMessage(message);
      }
    } catch (SignalingException e) {
      lost("the other side sent something unusable: " + e.getMessage());
    }
  }

  @Override
  public void onClosed(String reason) {
    synchronized (this) {
      closed = true;
    }
    lost(reason);
  }

  private void lost(String reason) {
    listener().onLost(reason);
  }

  private synchronized Listener listener() {
    Listener to = listener;
    if (to == null) {
      throw new IllegalStateException("nobody has joined");
    }
    return to;
  }

  @Override
  public void close() {
    SignalingChannel room;
    synchronized (this) {
      closed = true;
      room = channel;
    }
    if (room != null) {
      room.close();
    }
  }
}
