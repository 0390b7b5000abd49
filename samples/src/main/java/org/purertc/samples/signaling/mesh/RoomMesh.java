package org.purertc.samples.signaling.mesh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceServer;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.ServerMessage.Welcome;

/**
 * A member's connections to all others of a room, made here as they come and go, by {@link
 * org.purertc.samples.signaling.PerfectNegotiation}. For one partner and a peer connection of one's
 * own, where one side offers once, there is {@code client.RoomPartner}. Everything happens on one
 * thread: messages of the room, events of the peers.
 */
public final class RoomMesh implements AutoCloseable {
  private static final long IDLE_SECONDS = 5;

  private final PeerConnectionFactory factory;
  private final MeshProgram program;
  private final Executor thread = thread();
  private final Map<String, MeshConnection> connections = new HashMap<>();
  private final List<ClientMessage> early = new ArrayList<>();
  private volatile @Nullable SignalingChannel channel;
  private volatile boolean closed;
  private RTCConfiguration configuration = RTCConfiguration.DEFAULT;

  private RoomMesh(PeerConnectionFactory factory, MeshProgram program) {
    this.factory = factory;
    this.program = program;
  }

  /**
   * Enters a room and connects.
   *
   * @throws SignalingUnavailableException says in one line why that was not possible
   * @throws IllegalArgumentException when the room's or the member's name is none
   */
  public static RoomMesh join(
      RoomServer server, JoinRequest request, PeerConnectionFactory factory, MeshProgram program)
      throws SignalingUnavailableException {
    RoomMesh mesh = new RoomMesh(factory, program);
    mesh.start(SignalingChannel.join(server, request, mesh.new Incoming()));
    return mesh;
  }

  /** Ends by itself when nothing happens: peers that are closed have something to say yet. */
  private static Executor thread() {
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "purertc-mesh");
              thread.setDaemon(true);
              return thread;
            });
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  private void start(SignalingChannel joined) {
    channel = joined;
    thread.execute(
        () -> {
          early.forEach(joined::send);
          early.clear();
        });
  }

  /** This member's own id. */
  public String member() {
    SignalingChannel room = channel;
    return room == null ? "" : room.welcome().member();
  }

  /** Hands what the room says over to the thread. */
  private final class Incoming implements SignalingChannel.Listener {
    @Override
    public void onMessage(ServerMessage message) {
      thread.execute(() -> obey(message));
    }

    @Override
    public void onInterrupted(String reason) {
      thread.execute(() -> program.onInterrupted(reason));
    }

    @Override
    public void onClosed(String reason) {
      thread.execute(() -> program.onClosed(reason));
    }
  }

  private void obey(ServerMessage message) {
    if (closed) {
      return;
    }
    if (message instanceof Welcome it) {
      // In a second one all are others: the server was started anew.
      forgetAll();
      configuration = configuration(it);
      // Who was there first is impolite, docs/signaling.md.
      it.members().forEach(each -> meet(each, true));
    } else if (message instanceof ServerMessage.Joined it) {
      meet(it.member(), false);
    } else if (message instanceof ServerMessage.Left it) {
      forget(it.member());
    } else if (message instanceof ServerMessage.Presence it) {
      MeshConnection of = connections.get(it.member());
      if (of != null) {
        of.onPresence(it.connected());
      }
    } else if (message instanceof ServerMessage.Direct it) {
      receive(it);
    } else if (message instanceof ServerMessage.Chat it) {
      program.onChat(it.line());
    }
  }

  private RTCConfiguration configuration(Welcome welcome) {
    RTCConfiguration.Builder builder = RTCConfiguration.builder().callbackExecutor(thread);
    for (IceServer each : welcome.iceServers()) {
      builder.iceServer(new RTCIceServer(each.urls(), each.username(), each.credential()));
    }
    return builder.build();
  }

  private void meet(Member member, boolean polite) {
    if (program.wants(member)) {
      connections.put(
          member.id(),
          new MeshConnection(
              factory.createPeerConnection(configuration),
              polite,
              message -> send(member.id(), message),
              peer -> program.meet(member, peer)));
    }
  }

  private void send(String to, SignalingMessage message) {
    ClientMessage direct = new ClientMessage.Direct(to, SignalingFormat.json(message));
    SignalingChannel room = channel;
    if (room == null) {
      early.add(direct);
      return;
    }
    try {
      room.send(direct);
    } catch (IllegalStateException e) {
      program.onInterrupted(String.valueOf(e.getMessage()));
    }
  }

  private void receive(ServerMessage.Direct direct) {
    MeshConnection from = connections.get(direct.from());
    SignalingMessage message;
    try {
      message = SignalingFormat.read(direct.data());
    } catch (SignalingException e) {
      if (from != null) {
        from.onProblem("it sent something unusable: " + e.getMessage());
      }
      return;
    }
    if (from != null && message != null) {
      from.receive(message);
    } else if (message instanceof SignalingMessage.Description) {
      send(direct.from(), SignalingMessage.Failure.TAKEN);
    }
  }

  private void forget(String id) {
    MeshConnection gone = connections.remove(id);
    if (gone != null) {
      gone.onLeft();
    }
  }

  private void forgetAll() {
    List<MeshConnection> gone = List.copyOf(connections.values());
    connections.clear();
    gone.forEach(MeshConnection::onLeft);
  }

  /** Leaves the room; {@link MeshPeer#onLeft} follows for all who are there. May come twice. */
  @Override
  public void close() {
    closed = true;
    SignalingChannel room = channel;
    if (room != null) {
      room.close();
    }
    thread.execute(this::forgetAll);
  }
}
