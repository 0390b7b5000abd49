package org.purertc.samples.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.EncodedFrame;
import org.purertc.EncodedMediaSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.mesh.RoomMesh;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingServer;

/** Members of a room and {@code purertc join} among them, over real sockets. */
@Timeout(120)
class RoomEchoTest {
  private static final long LIMIT_SECONDS = 60;

  private final List<String> reports = new CopyOnWriteArrayList<>();
  private PeerConnectionFactory factory;
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    factory.close();
    server.close();
  }

  private SignalingChannel join(String name, SignalingChannel.Listener listener) throws Exception {
    return SignalingChannel.join(
        RoomServer.of(URI.create("http://127.0.0.1:" + server.port())),
        JoinRequest.of("tea", name),
        listener);
  }

  private RoomMesh echo(String name, Consumer<String> report) throws Exception {
    return RoomMesh.join(
        RoomServer.of(URI.create("http://127.0.0.1:" + server.port())),
        JoinRequest.of("tea", name),
        factory,
        new RoomEcho(report));
  }

  @Test
  void aNewcomerGetsItsMessagesBack() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (RoomMesh echo = echo("Echo", reports::add);
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      Newcomer newcomer = new Newcomer(peer);
      try (SignalingChannel own = join("Ada", newcomer)) {
        var data = peer.createDataChannel("data");
        data.onOpen(() -> data.send("hello"));
        data.onMessage(message -> answer.complete(message.text()));
        newcomer.offer(own, echo.member());
        assertThat(answer.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
      }
    }
    assertThat(reports).contains("Ada is here", "connection to Ada: connected");
  }

  @Test
  void whoAsksIsToldWhatThisEndSees() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    CompletableFuture<String> statistics = new CompletableFuture<>();
    try (RoomMesh echo = echo("Echo", reports::add);
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      Newcomer newcomer = new Newcomer(peer);
      try (SignalingChannel own = join("Ada", newcomer)) {
        var view =
            peer.createDataChannel(
                "view", RTCDataChannelInit.DEFAULT.withProtocol(Viewer.PROTOCOL));
        view.onOpen(() -> view.send("look"));
        view.onMessage(
            message -> {
              told.add(message.text());
              if (message.text().startsWith("{\"type\":\"statistics\"")) {
                statistics.complete(message.text());
              }
            });
        newcomer.offer(own, echo.member());
        assertThat(statistics.get(LIMIT_SECONDS, TimeUnit.SECONDS))
            .contains("\"type\":\"candidate-pair\"", "\"label\":\"view\"");
        assertThat(told)
            .contains("{\"type\":\"event\",\"event\":\"connection\",\"value\":\"connected\"}");
      }
    }
  }

  @Test
  void aNewcomerGetsItsSoundBack() throws Exception {
    CompletableFuture<EncodedFrame> heard = new CompletableFuture<>();
    ScheduledExecutorService speaking = Executors.newSingleThreadScheduledExecutor();
    try (RoomMesh echo = echo("Echo", reports::add);
        EncodedMediaSource voice = EncodedMediaSource.audio();
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      Newcomer newcomer = new Newcomer(peer);
      try (SignalingChannel own = join("Ada", newcomer)) {
        peer.addTrack(voice.track());
        peer.onTrack(event -> event.track().onFrame(heard::complete));
        newcomer.offer(own, echo.member());
        AtomicLong frames = new AtomicLong();
        speaking.scheduleAtFixedRate(
            () -> voice.write(opus(frames.getAndIncrement())), 0, 20, TimeUnit.MILLISECONDS);
        assertThat(heard.get(LIMIT_SECONDS, TimeUnit.SECONDS).mimeType()).isEqualTo("audio/opus");
      } finally {
        speaking.shutdownNow();
        assertThat(speaking.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** 20 ms of Opus (RFC 6716 section 3.1: one frame, SILK wideband). */
  private static EncodedFrame opus(long number) {
    return EncodedFrame.audio("audio/opus", new byte[] {0x48, 1, 2, 3}, 20_000 * number, 20_000);
  }

  @Test
  void twoOfThemConnectWithEachOther() throws Exception {
    CountDownLatch connected = new CountDownLatch(2);
    try (RoomMesh first = echo("One", line -> count(line, connected));
        RoomMesh second = echo("Two", line -> count(line, connected))) {
      assertThat(first.member()).isNotEqualTo(second.member());
      assertThat(connected.await(LIMIT_SECONDS, TimeUnit.SECONDS)).as("%s", reports).isTrue();
    }
  }

  private void count(String line, CountDownLatch connected) {
    reports.add(line);
    if (line.endsWith("connected") && !line.endsWith("disconnected")) {
      connected.countDown();
    }
  }

  /** Offers to one member, and takes what that one says. */
  private static final class Newcomer implements SignalingChannel.Listener {
    private final RTCPeerConnection peer;
    private volatile Negotiator negotiator;

    Newcomer(RTCPeerConnection peer) {
      this.peer = peer;
    }

    void offer(SignalingChannel channel, String to) {
      negotiator =
          new Negotiator(
              peer,
              CandidateMode.TRICKLE,
              it -> channel.send(new ClientMessage.Direct(to, SignalingFormat.json(it))),
              reason -> {});
      negotiator.offer();
    }

    @Override
    public void onMessage(ServerMessage message) {
      if (message instanceof ServerMessage.Direct it && negotiator != null) {
        try {
          negotiator.receive(SignalingFormat.read(it.data()));
        } catch (org.purertc.samples.signaling.SignalingException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
