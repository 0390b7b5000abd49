package org.purertc.samples.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceServer;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.ServerMessage.Welcome;

/**
 * An echoing peer for each other member of a room. Everything happens on one thread: messages of
 * the room, events of the peers.
 */
public final class RoomEcho implements SignalingChannel.Listener, AutoCloseable {
  private static final long IDLE_SECONDS = 5;

  private final PeerConnectionFactory factory;
  private final Consumer<String> report;
  private final Executor thread = thread();
  private final Map<String, EchoingMember> members = new HashMap<>();
  private final List<ClientMessage> early = new ArrayList<>();
  private @Nullable SignalingChannel channel;
  private RTCConfiguration configuration = RTCConfiguration.DEFAULT;

  /**
   * @param report told in one line each what happens
   */
  public RoomEcho(PeerConnectionFactory factory, Consumer<String> report) {
    this.factory = factory;
    this.report = report;
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
              Thread thread = new Thread(task, "purertc-join");
              thread.setDaemon(true);
              return thread;
            });
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** Hands in the channel that this listener was given to. */
  public void start(SignalingChannel joined) {
    thread.execute(
        () -> {
          channel = joined;
          early.forEach(joined::send);
          early.clear();
        });
  }

  @Override
  public void onMessage(ServerMessage message) {
    thread.execute(() -> obey(message));
  }

  @Override
  public void onInterrupted(String reason) {
    report.accept("signalling is interrupted: " + reason);
  }

  @Override
  public void onClosed(String reason) {
    report.accept("signalling has ended: " + reason);
  }

  private void obey(ServerMessage message) {
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
    } else if (message instanceof ServerMessage.Direct it) {
      receive(it);
    } else if (message instanceof ServerMessage.Chat it) {
      report.accept(it.line().name() + ": " + it.line().text());
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
    report.accept(member.name() + (polite ? " is here" : " came"));
    EchoingMember made =
        new EchoingMember(
            member.name(),
            factory.createPeerConnection(configuration),
            polite,
            message -> send(member.id(), message),
            report);
    members.put(member.id(), made);
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
      report.accept("signalling: " + e.getMessage());
    }
  }

  private void receive(ServerMessage.Direct direct) {
    EchoingMember from = members.get(direct.from());
    try {
      SignalingMessage message = SignalingFormat.read(direct.data());
      if (from != null && message != null) {
        from.receive(message);
      }
    } catch (SignalingException e) {
      report.accept("a member sent something unusable: " + e.getMessage());
    }
  }

  private void forget(String id) {
    EchoingMember gone = members.remove(id);
    if (gone != null) {
      report.accept(gone.name() + " left");
      gone.close();
    }
  }

  private void forgetAll() {
    members.values().forEach(EchoingMember::close);
    members.clear();
  }

  @Override
  public void close() {
    thread.execute(this::forgetAll);
  }
}
