package org.purertc.samples.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.signaling.WebClient;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingServer;

/** What a transport of requests tells the server that it has: nothing that was not taken. */
@Timeout(60)
class RequestTransportTest {
  private static final long LIMIT_SECONDS = 30;
  private static final String TOKEN = "a-session-of-24-characters";
  private static final JoinRequest BOB = JoinRequest.of("tea", "Bob");

  private SignalingServer server;

  /** Takes only what {@link #takeUntil} lets it take. */
  private static final class Taker implements Transport.Listener {
    private final BlockingQueue<Runnable> next = new LinkedBlockingQueue<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Transport transport;
    private long takenId;

    Taker(Transport transport) {
      this.transport = transport;
    }

    void greet(long lastId) {
      transport.open(this);
      transport.send(MessageFormat.write(BOB.hello(TOKEN, lastId)));
    }

    /** Leaves undone what was to be done after that message. */
    void takeUntil(String type) throws InterruptedException, ProtocolException {
      while (true) {
        Runnable held = next.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(held).as("heard %s", texts).isNotNull();
        if (heard(type)) {
          return;
        }
        for (String text : texts) {
          takenId = Math.max(takenId, MessageFormat.id(MessageFormat.parse(text)));
        }
        held.run();
      }
    }

    boolean heard(String type) {
      return texts.stream().anyMatch(it -> it.contains("\"type\":\"" + type + "\""));
    }

    @Override
    public void onOpen() {}

    @Override
    public void onText(String text) {
      texts.add(text);
    }

    @Override
    public void onSent() {}

    @Override
    public void onLost(String reason) {
      texts.add("lost: " + reason);
    }

    @Override
    public void afterwards(Runnable then) {
      next.add(then);
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Taker over(TransportKind kind) {
    URI uri = URI.create("http://127.0.0.1:" + server.port());
    return new Taker(kind.over(WebClient.builder(null).build(), uri));
  }

  private SignalingChannel ada() throws Exception {
    RoomServer room = RoomServer.of(URI.create("http://127.0.0.1:" + server.port()));
    return SignalingChannel.join(
        room,
        JoinRequest.of("tea", "Ada"),
        new SignalingChannel.Listener() {
          @Override
          public void onMessage(ServerMessage message) {}
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"LONG_POLLING", "SHORT_POLLING", "HTTP"})
  void whatCameAndWasNotTakenComesAgain(TransportKind kind) throws Exception {
    Taker first = over(kind);
    first.greet(0);
    try (SignalingChannel ada = ada()) {
      ada.send(new ClientMessage.Broadcast(IntNode.valueOf(1)));
      first.takeUntil("broadcast");
      first.transport.close();
      Taker second = over(kind);
      second.greet(first.takenId);
      second.takeUntil("broadcast");
      assertThat(second.heard("resumed")).as("%s", second.texts).isTrue();
      second.transport.close();
    }
  }
}
