package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** A member by a channel, which remembers all it hears. */
final class Guest implements SignalingChannel.Listener, AutoCloseable {
  /** Longer than a member needs to find a connection dead that does not say so, 40 s. */
  static final long LIMIT_SECONDS = 60;

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();
  final List<ServerMessage> heard = new CopyOnWriteArrayList<>();
  final List<String> interruptions = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  final SignalingChannel channel;

  Guest(int port, TransportKind transport, JoinRequest request)
      throws SignalingUnavailableException {
    channel =
        SignalingChannel.join(
            RoomServer.of(URI.create("http://127.0.0.1:" + port)).withTransport(transport),
            request,
            this);
  }

  static Guest join(int port, TransportKind transport, String name)
      throws SignalingUnavailableException {
    return new Guest(port, transport, JoinRequest.of("tea", name));
  }

  String id() {
    return channel.welcome().member();
  }

  void send(ClientMessage message) {
    channel.send(message);
  }

  /** The next message of that type; what comes before it is passed over. */
  <T extends ServerMessage> T next(Class<T> type) throws InterruptedException {
    while (true) {
      ServerMessage message = inbox.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("waiting for %s", type.getSimpleName()).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  @Override
  public void onMessage(ServerMessage message) {
    heard.add(message);
    inbox.add(message);
  }

  @Override
  public void onInterrupted(String reason) {
    interruptions.add(reason);
  }

  @Override
  public void onClosed(String reason) {
    closed.complete(reason);
  }

  @Override
  public void close() {
    leave();
  }

  void leave() {
    channel.close();
  }
}
