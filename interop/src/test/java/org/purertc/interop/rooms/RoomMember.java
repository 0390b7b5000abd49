package org.purertc.interop.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** A member of room "tea" that remembers what it hears. */
final class RoomMember implements SignalingChannel.Listener, AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();

  /** The chat's lines that it has heard, in order. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  private final SignalingChannel channel;

  RoomMember(int port, TransportKind transport, String name) throws Exception {
    URI server = URI.create("http://127.0.0.1:" + port);
    channel =
        SignalingChannel.join(
            RoomServer.of(server).withTransport(transport), JoinRequest.of("tea", name), this);
  }

  ServerMessage.Welcome welcome() {
    return channel.welcome();
  }

  String id() {
    return welcome().member();
  }

  void send(ClientMessage message) {
    channel.send(message);
  }

  void chat(String text) {
    send(new ClientMessage.Chat(text));
  }

  @Override
  public void onMessage(ServerMessage message) {
    if (message instanceof ServerMessage.Chat it) {
      lines.add(it.line().text());
    }
    inbox.add(message);
  }

  /** The next message of that type for which {@code test} holds; those before are passed over. */
  <T extends ServerMessage> T await(Class<T> type, Predicate<T> test) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      ServerMessage message = inbox.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(message).as("waiting for %s; heard %s", type.getSimpleName(), lines).isNotNull();
      if (type.isInstance(message) && test.test(type.cast(message))) {
        return type.cast(message);
      }
    }
  }

  void awaitLine(String text) throws InterruptedException {
    await(ServerMessage.Chat.class, it -> it.line().text().equals(text));
  }

  @Override
  public void close() {
    channel.close();
  }
}
